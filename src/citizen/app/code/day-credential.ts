import { fromBase64url } from '../../../core/base64url.ts';
import { signDayProof } from '../../../core/health/day-proof.ts';
import { mintStamp } from '../../../core/pass/kakou/mint.ts';
import { epochSeconds, toSeconds } from '../../../core/units.ts';
import type { Refusal } from '../../../ports/ask-json.ts';
import type { RandomBytes } from '../../../ports/world.ts';
import type { Self, ShownCode } from '../answers.ts';
import type { Held, HolderStore } from '../holder.ts';
import type { Remote } from '../remote.ts';
import type { ServerClock } from '../time/server-clock.ts';
import type { DayProblem, Drawn } from './code-state.ts';

/** Seconds a stamp lives: protocol 1.2. */
const stampS = 60;
/** Shortest wait after a question that was refused, in milliseconds. */
const restMs = 60_000;

/** What a colour and its notices are: a credential that says something else is not to be shown. */
type Said = Pick<ShownCode, 'state' | 'notices'>;

/** With these there is to be no code at all of this person, on this phone neither. */
const endings = ['declare-first', 'not-your-relative', 'issuer-closed', 'state-unknown'];
export const isEnding = ({ code }: Refusal): boolean => endings.includes(code);

export interface DayNeeds {
  readonly remote: Pick<Remote, 'dayCode'>;
  readonly holder: HolderStore;
  readonly clock: ServerClock;
  readonly random: RandomBytes;
  /** Who is signed in; undefined while the server has not said so. */
  self(): Self | undefined;
  /** What is kept has changed. */
  changed(): void;
}

export interface DayCredential {
  /** A fresh stamp on what is held, good at `aud` alone where that is said, or why there is none. */
  stamp(whose: string, aud?: string): Promise<Drawn | DayProblem>;
  /**
   * Asks for a credential where there is none, half of its life is over, or the server says something
   * else of the person by now. Refused, it is not asked for again for a while.
   */
  ensure(whose: string, said?: Said): Promise<void>;
  /** Deletes what is kept of everybody; what is on its way is not kept either. */
  forget(): Promise<void>;
  /** The same, when it is not this person's. */
  forgetOthers(owner: string): Promise<void>;
  /** Deletes what is kept of relatives that are none any longer. */
  keepOnly(relatives: readonly string[]): Promise<void>;
}

/** Codes that this phone makes itself: a day credential per person, bound to a key that never leaves it. */
export function createDayCredential(needs: DayNeeds): DayCredential {
  const { remote, holder, clock } = needs;
  const restUntil = new Map<string, number>();
  const asking = new Map<string, Promise<void>>();
  /** Grows whenever everything is deleted: an answer to a question of before is not kept. */
  let session = 0;

  async function renew(whose: string, held: Held | undefined, mine: number): Promise<void> {
    const [now, self] = [clock.now(), needs.self()];
    const iss = self?.issuer?.id;
    if (now === undefined || !self || iss === undefined) return;
    const { privateKey, jwk } = held ?? (await holder.makeKey());
    const asks = { iss, iat: toSeconds(now), jwk, ...(whose !== '' && { relative: whose }) };
    const answer = await remote.dayCode(await signDayProof(asks, privateKey));
    if (mine !== session) return;
    if (!answer.ok) {
      if (isEnding(answer.error)) await holder.drop(whose);
      const waitMs = Math.max(restMs, (answer.error.waitS ?? 0) * 1000);
      restUntil.set(whose, clock.read().monotonic + waitMs);
      return needs.changed();
    }
    const { credential: text, ...shown } = answer.value;
    const credential = fromBase64url(text);
    if (credential)
      await holder.keep({ whose, owner: self.id, privateKey, jwk, credential, shown });
    needs.changed();
  }

  async function look(whose: string, said: Said | undefined): Promise<void> {
    const mine = session;
    const held = await holder.read(whose);
    const now = clock.now();
    if (now === undefined || mine !== session) return;
    const isSame = !held || !said || saysAlike(held.shown, said);
    if (held && !isSame && !held.isChanged) {
      await holder.keep({ ...held, isChanged: true });
      needs.changed();
    }
    const half = held && (held.shown.iat + held.shown.exp) / 2;
    if (held && isSame && !held.isChanged && now < (half ?? 0) * 1000) return;
    if (clock.read().monotonic < (restUntil.get(whose) ?? Number.NEGATIVE_INFINITY)) return;
    if (mine === session) await renew(whose, held, mine);
  }

  async function forget(): Promise<void> {
    session++;
    restUntil.clear();
    await holder.clear();
    needs.changed();
  }

  return {
    async stamp(whose, aud) {
      // a browser without a database keeps none
      return stampOn(await holder.read(whose).catch(() => undefined), needs, aud);
    },
    ensure(whose, said) {
      const running = asking.get(whose);
      if (running) return running;
      const mine = look(whose, said).finally(() => asking.delete(whose));
      asking.set(whose, mine);
      return mine;
    },
    forget,
    async forgetOthers(owner) {
      if ((await holder.list()).some((held) => held.owner !== owner)) await forget();
    },
    async keepOnly(relatives) {
      const gone = (await holder.list()).filter(
        ({ whose }) => whose !== '' && !relatives.includes(whose),
      );
      for (const { whose } of gone) await holder.drop(whose);
      if (gone.length > 0) needs.changed();
    },
  };
}

async function stampOn(
  held: Held | undefined,
  { clock, random }: Pick<DayNeeds, 'clock' | 'random'>,
  aud: string | undefined,
): Promise<Drawn | DayProblem> {
  if (!held) return 'none';
  if (held.isChanged) return 'changed';
  const now = clock.now();
  if (now === undefined || clock.isDoubted()) return 'clock';
  const iat = toSeconds(now);
  if (iat >= held.shown.exp) return 'over';
  const signer = { kid: 'holder', key: held.privateKey };
  const stamp = { iat, jti: random(12), ...(aud !== undefined && { aud }) };
  const text = await mintStamp(held.credential, stamp, signer);
  const exp = epochSeconds(Math.min(iat + stampS, held.shown.exp));
  return { text, kind: 'day', iat, exp, shown: held.shown };
}

const saysAlike = (one: Said, other: Said): boolean =>
  one.state === other.state && codesOf(one) === codesOf(other);

const codesOf = ({ notices }: Said): string =>
  notices
    .map(({ code }) => code)
    .sort()
    .join();
