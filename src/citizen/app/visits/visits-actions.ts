import { toBase64url } from '../../../core/base64url.ts';
import { visitLimits } from '../../../core/place/visit.ts';
import { toSeconds } from '../../../core/units.ts';
import type { RandomBytes } from '../../../ports/world.ts';
import type { CodeActions } from '../code/code-actions.ts';
import type { PlaceActions } from '../place/place-actions.ts';
import type { Remote } from '../remote.ts';
import { sliceOf } from '../slice-of.ts';
import type { CitizenStore } from '../store.ts';
import type { ServerClock } from '../time/server-clock.ts';
import type { PlaceChecker } from './place-checker.ts';
import { createSender } from './sender.ts';
import type { Queued, VisitStore } from './visit-store.ts';
import type { Found } from './visits-state.ts';

export interface VisitsActions {
  /** A text from the camera or a picture. */
  look(text: string): Promise<void>;
  /** Away with what was found: another code can be read. */
  putAway(): void;
  bring(along: readonly string[]): void;
  /** 确认进入: keeps the visit, then shows the code that is good here alone. */
  enter(): Promise<void>;
  /** Goes on with a poster's link, as soon as somebody is signed in. */
  goOn(): Promise<void>;
  forgetLink(): Promise<void>;
  /** Sends what waits. */
  send(): Promise<void>;
  /** Where one has been. */
  refresh(): Promise<void>;
}

export interface VisitsNeeds {
  readonly store: CitizenStore;
  readonly remote: Pick<Remote, 'visits' | 'visited'>;
  readonly kept: VisitStore;
  readonly checker: PlaceChecker;
  readonly clock: ServerClock;
  readonly random: RandomBytes;
  readonly place: PlaceActions;
  readonly code: Pick<CodeActions, 'bind'>;
  /** What a poster's link brought when this page was opened by one; empty: an app has cut it off. */
  readonly link?: string;
}

/** Milliseconds for which a link waits for somebody to sign in. */
const linkMs = 3_600_000;

export function createVisits(needs: VisitsNeeds): VisitsActions {
  const { store, remote, kept, checker, clock } = needs;
  const { get, set } = sliceOf(store, 'visits');
  let looked = 0;
  let arrived = needs.link;
  if (arrived)
    void kept.keepLink({ fragment: arrived, at: clock.read().wall }).catch(() => undefined);

  const owner = () => {
    const { session, code } = store.getState();
    return session.self?.id ?? (session.phase === 'offline' ? code.kept[0]?.owner : undefined);
  };
  const issuer = () => {
    const { session, code } = store.getState();
    return session.self?.issuer?.id ?? code.kept[0]?.issuer;
  };

  const sender = createSender({
    ...{ store: kept, remote, now: clock.now },
    ...{ owner, maySend: () => store.getState().session.phase === 'signed-in' },
    waits: (waiting) => set({ waiting }),
    answered(refused, leftOut) {
      set({ refused: [...get().refused, ...refused].slice(-20), leftOut: get().leftOut + leftOut });
      if (get().seen) void refresh();
    },
  });

  async function refresh(): Promise<void> {
    set({ loading: true, refusal: undefined });
    const answer = await remote.visited();
    set({
      loading: false,
      ...(answer.ok ? { seen: answer.value.visits } : { refusal: answer.error }),
    });
  }

  function show(found: Found): void {
    set({ looking: false, found, along: [], entering: false, isNotKept: false });
  }

  async function showWhat(asked: Promise<Found>): Promise<void> {
    const mine = ++looked;
    set({ looking: true, found: undefined, isNotKept: false });
    const found = await asked.catch((): Found => ({ isGood: false, why: 'trust-missing' }));
    if (mine === looked) show(found);
  }
  const look = (text: string) => showWhat(checker.look(text, issuer()));

  /** Once: what it brought is gone from the phone when it is looked at. */
  async function takeLink(): Promise<string | undefined> {
    const stored = await kept.readLink().catch(() => undefined);
    const isYoung = stored && Math.abs(clock.read().wall - stored.at) < linkMs;
    const fragment = arrived ?? (isYoung ? stored.fragment : undefined);
    if (fragment === undefined && stored) await forgetLink();
    return fragment;
  }

  async function forgetLink(): Promise<void> {
    arrived = undefined;
    set({ hasLink: false });
    await kept.keepLink(undefined).catch(() => undefined);
  }

  async function goOn(): Promise<void> {
    const fragment = await takeLink();
    if (fragment === undefined) return;
    const { phase } = store.getState().session;
    if (phase !== 'signed-in' && phase !== 'offline') return set({ hasLink: true });
    await forgetLink();
    needs.place.go('checkin');
    if (fragment === '') show({ isGood: false, why: 'cut' });
    else await showWhat(checker.lookAtFragment(fragment, issuer()));
  }

  async function enter(): Promise<void> {
    const { found, along, entering } = get();
    const [now, who] = [clock.now(), owner()];
    if (entering || !found?.isGood || now === undefined || who === undefined) return;
    set({ entering: true, isNotKept: false });
    const { code, fragment } = found;
    const at = toSeconds(now);
    const visit: Queued = {
      ...{ id: toBase64url(needs.random(16)), code: fragment, at, owner: who, place: code.name },
      relatives: along.slice(0, visitLimits.relatives),
    };
    try {
      await kept.add(visit);
    } catch {
      return set({ entering: false, isNotKept: true });
    }
    // what was found goes when the page does: no camera opens in between
    set({ waiting: [...get().waiting, visit] });
    needs.code.bind({ aud: code.place, name: code.name, at, whose: ['', ...visit.relatives] });
    needs.place.go('code');
    void sender.send();
  }

  return {
    ...{ look, enter, goOn, forgetLink, refresh, send: sender.send },
    putAway() {
      looked++;
      set({ found: undefined, looking: false, along: [], entering: false, isNotKept: false });
    },
    bring: (along) => set({ along }),
  };
}
