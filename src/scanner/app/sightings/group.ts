import { toBase64url } from '../../../core/base64url.ts';
import { readJson } from '../../../core/json.ts';
import { factsOf } from '../../../core/pass/kinds.ts';
import { sightingKey } from '../../../core/sightings/key.ts';
import { type Group, readClaimAnswer } from '../../../core/sightings/sighting.ts';
import {
  buildSightingsToken,
  type SightingsTyp,
  windowSeconds,
} from '../../../core/sightings/tokens.ts';
import type { TrustView } from '../../../core/trust/view.ts';
import { toSeconds } from '../../../core/units.ts';
import { type Arrival, passBackOf } from '../../../core/verify/admit.ts';
import type { Genuine } from '../../../core/verify/authenticate.ts';
import { admitPass } from '../../../core/verify/pipeline.ts';
import type { Sighting } from '../../../core/verify/verdict.ts';
import type { EventRemote } from '../../../ports/event-remote.ts';
import type { Remote } from '../../../ports/remote.ts';
import type { Clock, Leader, RandomBytes } from '../../../ports/world.ts';
import { type AppStore, clear } from '../store.ts';
import type { Enrolment } from '../stores.ts';
import { gateNow } from '../trust/scanned-with.ts';
import type { TrustedClock } from '../trust/trusted-clock.ts';
import { heardSightings } from './heard.ts';
import { createHearing } from './hearing.ts';

export interface GroupNeeds {
  readonly store: AppStore;
  readonly clock: Pick<TrustedClock, 'now'>;
  readonly trust: { view(): TrustView | undefined };
  readonly random: RandomBytes;
  readonly remote: Pick<Remote, 'post'>;
  readonly events: () => Promise<EventRemote>;
  readonly leader: Leader;
  readonly monotonic: Clock['monotonic'];
  /** Milliseconds in place of the usual 300: a machine under test is slower than any phone. */
  readonly claimMs?: number;
  enrolment(): Enrolment | undefined;
  /** Sends the log, unless a busy hub asked to be left alone. */
  uploadSoon(): Promise<void>;
}

export interface GroupWork {
  /** The site this phone stands at now; undefined: none any more. */
  stand(group: Group | undefined): void;
  ask(genuine: Genuine, arrival: Omit<Arrival, 'seen'>): Promise<Sighting | undefined>;
  stop(): void;
}

/** How long a card waits for the hub's word on a claim. What comes later comes as a conflict. */
export const usualClaimMs = 300;
/** After so many words too late in a row cards do not wait, for so long or until one is in time again. */
const missesToHaste = 2;
const hastyMs = 15_000;
/** From a scan to its upload: people in a stream share one. */
const uploadMs = 1000;

/** A gate among others of its site, with a network: protocol 13. */
export function createGroup(needs: GroupNeeds): GroupWork {
  const { store, clock, monotonic, claimMs = usualClaimMs } = needs;
  let group: Group | undefined;
  let misses = 0;
  let hastyUntil = Number.NEGATIVE_INFINITY;

  /** Seconds, as they are in force at this gate now. */
  function windowS(): number {
    const gate = needs.enrolment()?.gate;
    const bundle = needs.trust.view()?.bundle;
    const own = gate && bundle ? passBackOf(bundle, gateNow(gate, store.getState())) : 300;
    return Math.round(Math.min(Math.max(own, windowSeconds.min), windowSeconds.max));
  }

  async function token(typ: SightingsTyp, key?: string): Promise<string | undefined> {
    const enrolment = needs.enrolment();
    if (!enrolment) return undefined;
    const { device, privateKey } = enrolment;
    const iat = Math.max(0, toSeconds(clock.now().at));
    const nonce = toBase64url(needs.random(12));
    const draft = { device, windowS: windowS(), iat, nonce, ...(key !== undefined && { key }) };
    return buildSightingsToken(typ, draft, privateKey);
  }

  const heard = heardSightings();
  const keep = (sighting: Parameters<typeof heard.keep>[0]) =>
    heard.keep(sighting, clock.now().at, windowS());
  const hearing = createHearing({ ...needs, keep, token: () => token('sightings') });

  const isOnline = () => {
    const { online, unreached } = store.getState();
    return online && unreached === undefined;
  };

  /** The hub's word on who was first; undefined where it was us, or nobody said. */
  async function claim(key: string): Promise<Sighting | undefined> {
    const said = await token('claim', key);
    if (said === undefined) return undefined;
    const options = { contentType: 'application/jose' } as const;
    const askedAt = monotonic();
    const answer = await needs.remote.post('/v1/claims', said, options);
    if (monotonic() - askedAt <= claimMs) {
      misses = 0;
      hastyUntil = Number.NEGATIVE_INFINITY;
    }
    if (answer.kind === 'offline' || answer.status !== 200) return undefined;
    const word = readClaimAnswer(readJson(answer.body));
    return word && !word.first ? passedAt(word) : undefined;
  }

  async function claimInTime(key: string): Promise<Sighting | undefined> {
    if (!isOnline()) return undefined;
    const asking = claim(key).catch(() => undefined);
    if (monotonic() < hastyUntil) return undefined; // told all the same, so that others know
    const overdue = Symbol();
    const first = await Promise.race([
      asking,
      new Promise<typeof overdue>((resolve) => {
        setTimeout(() => resolve(overdue), claimMs);
      }),
    ]);
    if (first !== overdue) return first;
    misses += 1;
    if (misses >= missesToHaste) hastyUntil = monotonic() + hastyMs;
    return undefined;
  }

  let timer: number | undefined;
  function stand(next: Group | undefined): void {
    if (next?.site !== group?.site) heard.clear();
    group = next;
    hearing.stand(next?.site);
  }

  const unsubscribe = store.subscribe(({ recent, phase }, before) => {
    if (phase === 'enrol' && group) {
      stand(undefined); // the phone left its gate
      clear(store, 'group', 'twice', 'twiceNew');
    }
    const isNew = recent[0] !== undefined && recent[0] !== before.recent[0];
    if (!group || !isNew || timer !== undefined || !isOnline()) return;
    timer = setTimeout(() => {
      timer = undefined;
      void needs.uploadSoon();
    }, uploadMs);
  });

  return {
    stand,
    async ask(genuine, arrival) {
      const { iss, jti } = genuine.parsed.claims;
      // a printed code is the same for months: it is known to no other gate, and is never a plain pass
      if (arrival.gate.leaving) return undefined; // who leaves takes nobody's place
      if (!group || factsOf(genuine.parsed.kind).logsId !== true) return undefined;
      const key = await sightingKey(iss, jti);
      const known = heard.find(key, arrival.now.at, windowS());
      if (known) return known;
      // what would not pass anyway claims nothing
      if (admitPass(genuine, arrival).verdict.state !== 'pass') return undefined;
      const claimed = await claimInTime(key);
      return heard.find(key, arrival.now.at, windowS()) ?? claimed;
    },
    stop() {
      unsubscribe();
      clearTimeout(timer);
      hearing.stop();
    },
  };
}

const passedAt = ({ gate, at }: Pick<Sighting, 'gate' | 'at'>): Sighting => ({
  ...{ gate, at },
  verdict: { state: 'pass', reason: 'admitted' },
});
