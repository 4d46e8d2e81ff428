import type { LiveCode } from '../answers.ts';
import type { Held, HolderStore } from '../holder.ts';
import type { Remote } from '../remote.ts';
import type { CitizenStore } from '../store.ts';
import type { ServerClock } from '../time/server-clock.ts';
import { codeSlice } from './code-slice.ts';
import type { Bound, Kept } from './code-state.ts';
import type { DayCredential } from './day-credential.ts';
import { createRound } from './rounds.ts';

export interface CodeActions {
  /** The code is in sight: it is made anew until `hide`. */
  show(): void;
  /** Nobody sees it, or somebody takes a picture of what stays behind: it is taken off. */
  hide(): void;
  /** Another person's, by id; `''`: of whoever is signed in. */
  pick(whose: string): void;
  chooseOffline(isChosen: boolean): void;
  /** A place was entered: codes of who went in are good there alone, until `leave`. */
  bind(bound: Bound): void;
  leave(): void;
  /** Asks again at once. */
  again(): void;
  /** Reads anew who can be shown without a network. */
  readKept(): Promise<void>;
}

export interface CodeNeeds {
  readonly store: CitizenStore;
  readonly remote: Pick<Remote, 'liveCode' | 'me'>;
  readonly holder: Pick<HolderStore, 'list' | 'drop'>;
  readonly day: DayCredential;
  readonly clock: ServerClock;
  /** Asks anew who is signed in and why their code is what it is. */
  lookAgain(): Promise<void>;
  /** Keeps the screen on while a guard looks at it. */
  keepAwake(wanted: boolean): void;
}

export function createCode(needs: CodeNeeds): CodeActions {
  const { store, remote, holder, day, clock } = needs;
  const slice = codeSlice(store);
  const { now, set, clear } = slice;
  const round = createRound({ slice, remote, holder, day, clock, heard, changed: readKept });
  /** Grows whenever what is shown changes: what comes later for the one before is dropped. */
  let run = 0;
  let isShown = false;
  const { sleep, wake } = sleeper();

  async function keepUp(mine: number): Promise<void> {
    const isMine = () => mine === run;
    while (isMine()) {
      const waitMs = await round(isMine);
      if (isMine()) await sleep(waitMs);
    }
  }

  async function readAbout(mine: number): Promise<void> {
    const { whose } = now();
    if (whose === '') return;
    const answer = await remote.me(whose);
    if (mine === run && answer.ok) set({ relative: answer.value });
  }

  /** A colour that is another than the one whose reasons are known has others; nothing was known offline. */
  function heard(live: LiveCode): void {
    const isOwn = now().whose === '';
    const about = isOwn ? store.getState().session.self : now().relative;
    if (about?.state !== live.state) void (isOwn ? needs.lookAgain() : readAbout(run));
  }

  function begin(): void {
    run++;
    wake();
    if (!isShown) return;
    void keepUp(run);
    void readAbout(run);
  }

  function setShown(is: boolean): void {
    isShown = is;
    needs.keepAwake(is);
    begin();
  }

  async function readKept(): Promise<void> {
    set({ kept: (await holder.list().catch(() => [])).map(keptOf) });
  }

  return {
    ...{ readKept, again: begin },
    show: () => setShown(true),
    hide() {
      setShown(false);
      clear('drawn', 'refusal', 'dayProblem');
    },
    pick(whose) {
      if (whose === now().whose) return;
      clear('drawn', 'refusal', 'dayProblem', 'relative');
      set({ whose });
      begin();
    },
    bind(bound) {
      clear('drawn', 'refusal', 'dayProblem');
      set({ bound });
      begin();
    },
    leave() {
      clear('bound', 'drawn', 'refusal', 'dayProblem');
      begin();
    },
    chooseOffline(isOfflineChosen) {
      clear('drawn', 'refusal', 'dayProblem');
      set({ isOfflineChosen });
      begin();
    },
  };
}

const keptOf = ({ whose, owner, shown }: Held): Kept => ({
  ...{ whose, owner, name: shown.name, number: shown.id, exp: shown.exp },
  ...(shown.issuer.id !== undefined && { issuer: shown.issuer.id }),
});

/** A sleep that can be cut short. */
function sleeper() {
  let wake: (() => void) | undefined;
  return {
    sleep: (ms: number) =>
      new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      }),
    wake: () => wake?.(),
  };
}
