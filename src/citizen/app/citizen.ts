import type { PersistedTime } from '../../core/time/clock-model.ts';
import type { EpochMillis } from '../../core/units.ts';
import type { AskJson } from '../../ports/ask-json.ts';
import type { Clock, RandomBytes } from '../../ports/world.ts';
import { type Affairs, createAffairs, noAffairs } from './affairs.ts';
import { type CodeActions, createCode } from './code/code-actions.ts';
import { noCode } from './code/code-state.ts';
import { createDayCredential } from './code/day-credential.ts';
import type { HolderStore } from './holder.ts';
import { type Address, createPlace, type PlaceActions } from './place/place-actions.ts';
import { placeOf } from './place/place-state.ts';
import { createRelatives, type RelativesActions } from './relatives/relatives-actions.ts';
import { createRemote, type Remote } from './remote.ts';
import { createScan, noScan, type ScanActions, type ScanCamera } from './scan/scan-actions.ts';
import { createSession, type OwedSignOut, type SessionActions } from './session/session-actions.ts';
import type { Session } from './session/session-state.ts';
import { createSettings, type SettingsActions } from './settings/settings-actions.ts';
import type { Settings } from './settings/settings-state.ts';
import { type CitizenStore, createCitizenStore, put } from './store.ts';
import { phoneClockOf } from './time/phone-clock.ts';
import { createServerClock, type ServerClock } from './time/server-clock.ts';
import type { PlaceChecker, PlaceCheckerNeeds } from './visits/place-checker.ts';
import type { VisitStore } from './visits/visit-store.ts';
import { createVisits, type VisitsActions } from './visits/visits-actions.ts';

/** What the page needs of its browser. */
export interface CitizenNeeds {
  readonly ask: AskJson;
  readonly address: Address;
  readonly holder: HolderStore;
  readonly owedSignOut: OwedSignOut;
  /** As the phone tells it: not believed. */
  readonly rawClock: Clock;
  readonly random: RandomBytes;
  readonly settings: Settings;
  keepSettings(settings: Settings): void;
  /** Keeps the screen on, or no longer. */
  keepAwake(wanted: boolean): void;
  /** What was known of the server's time when the page was closed. */
  readonly time?: PersistedTime;
  readonly visits: VisitStore;
  /** What a poster's link brought when it opened this page; empty: it was cut off. */
  readonly link?: string;
  readonly camera: ScanCamera;
  /** What checks posters, whose code is loaded when it is asked for the first time. */
  checker(clock: PlaceCheckerNeeds['clock']): PlaceChecker;
}

/** The page's state, and what a screen may ask of it: one member a topic. */
export interface Citizen extends Affairs {
  readonly store: CitizenStore;
  readonly remote: Remote;
  readonly clock: ServerClock;
  readonly place: PlaceActions;
  readonly session: SessionActions;
  readonly settings: SettingsActions;
  readonly relatives: RelativesActions;
  readonly code: CodeActions;
  readonly scan: ScanActions;
  readonly visits: VisitsActions;
  start(): Promise<void>;
}

/** How the way back from the identity provider ended, when it was no good. */
const signIns: Readonly<Record<string, NonNullable<Session['signIn']>>> = {
  '#sign-in-failed': 'failed',
  '#sign-in-unavailable': 'unavailable',
};

export function createCitizen(needs: CitizenNeeds): Citizen {
  const { address, holder, random } = needs;
  const store = firstStore(needs);
  const clock = createServerClock(needs.rawClock, needs.time, (time) => {
    void holder.keepTime(time).catch(() => undefined);
  });
  const remote = createRemote(timed(needs.ask, clock, heard), () => session.ended());
  function heard(): void {
    const next = phoneClockOf(clock.wrongByMs());
    if (next.wrongMinutes !== store.getState().phoneClock.wrongMinutes)
      put(store, 'phoneClock', next);
  }
  const self = () => store.getState().session.self;
  const changed = () => void code.readKept();
  const day = createDayCredential({ remote, holder, clock, random, self, changed });
  const code = createCode({
    ...{ store, remote, holder, day, clock },
    lookAgain: () => session.refresh(),
    keepAwake: needs.keepAwake,
  });
  const session = createSession({
    ...{ store, remote, owed: needs.owedSignOut, leave: address.write },
    isKept: () => store.getState().code.kept.length > 0,
    async forget() {
      store.setState({ relatives: {}, code: noCode, ...noAffairs });
      await day.forget().catch(() => undefined);
    },
    forgetOthers: (owner) => day.forgetOthers(owner).catch(() => undefined),
  });
  const relatives = createRelatives(store, remote);
  const place = createPlace(store, address);
  const checker = needs.checker(clock);
  const visits = createVisits({
    ...{ store, remote, clock, random, place, code, checker, kept: needs.visits },
    ...(needs.link !== undefined && { link: needs.link }),
  });
  const affairs = createAffairs({ store, remote, session, relatives, now: clock.now });
  store.subscribe(({ relatives: { relatives: now } }, before) => {
    if (now && now !== before.relatives.relatives) onlyOf(now);
  });
  /** Whom one may show no longer is shown no longer, without a network neither. */
  function onlyOf(known: readonly { readonly id: string }[]): void {
    const ids = known.map(({ id }) => id);
    const { whose } = store.getState().code;
    if (whose !== '' && !ids.includes(whose)) code.pick('');
    void day.keepOnly(ids).catch(() => undefined);
  }
  return {
    ...{ store, remote, clock, relatives, code },
    session: {
      ...session,
      async signOut() {
        await visits.forgetLink();
        await session.signOut();
      },
    },
    ...{ ...affairs, place, visits },
    scan: createScan(store, needs.camera, (text) => void visits.look(text)),
    settings: createSettings(store, needs.keepSettings),
    async start() {
      await code.readKept();
      await session.refresh();
      await visits.goOn();
      void visits.send(); // without a network it tells what waits
      if (store.getState().session.phase !== 'signed-in') return;
      await relatives.refresh();
      void checker.keepFresh().catch(() => undefined);
    },
  };
}

function firstStore({ address, settings }: CitizenNeeds): CitizenStore {
  const signIn = signIns[address.read()];
  return createCitizenStore({
    place: placeOf(address.read()),
    session: { phase: 'starting', ...(signIn && { signIn }) },
    ...{ settings, relatives: {}, code: noCode, scan: noScan, ...noAffairs },
    phoneClock: phoneClockOf(0),
  });
}

/** Every answer that says what time it is tells the clock. */
const timed =
  (ask: AskJson, clock: ServerClock, heard: () => void): AskJson =>
  async <T>(...question: Parameters<AskJson>) => {
    const sent = clock.read();
    const answer = await ask<T>(...question);
    const now = answer.ok ? (answer.value as { readonly now?: EpochMillis }).now : undefined;
    if (typeof now === 'number') {
      clock.take(now, sent);
      heard();
    }
    return answer;
  };
