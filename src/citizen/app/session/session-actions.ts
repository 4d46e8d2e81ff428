import type { Remote } from '../remote.ts';
import { type CitizenStore, put } from '../store.ts';

export interface SessionActions {
  /** Asks who is signed in: at the start, and after anything that may have changed it. */
  refresh(): Promise<void>;
  /** To the identity provider. A sign-out that is still owed is told first: it is not to end the new session. */
  signIn(): Promise<void>;
  /** Ends the session and deletes what is kept on this phone; without a network the server hears of it later. */
  signOut(): Promise<void>;
  /** The server has said that nobody is signed in any longer. */
  ended(): void;
}

/** A sign-out of which the server has not heard yet. */
export interface OwedSignOut {
  read(): boolean;
  write(isOwed: boolean): void;
}

export interface SessionNeeds {
  readonly store: CitizenStore;
  readonly remote: Pick<Remote, 'me' | 'signOut'>;
  readonly owed: OwedSignOut;
  /** Leaves the page for another of the service. */
  leave(path: string): void;
  /** Whether codes are kept that can be shown without a network. */
  isKept(): boolean;
  /** Deletes whatever of people is kept on this phone. */
  forget(): Promise<void>;
  /** The same, when it is of somebody else than who is signed in. */
  forgetOthers(owner: string): Promise<void>;
}

export function createSession(needs: SessionNeeds): SessionActions {
  const { store, remote, owed, forget } = needs;
  const now = () => store.getState().session;
  function ended(): void {
    const { signIn } = now();
    put(store, 'session', { phase: 'signed-out', ...(signIn && { signIn }) });
    void forget();
  }
  /** Tells the server of a sign-out; whether it knows by now. */
  async function tell(): Promise<boolean> {
    const answer = await remote.signOut();
    const isTold = answer.ok || answer.error.code === 'sign-in-needed';
    owed.write(!isTold);
    return isTold;
  }
  return {
    ended,
    async refresh() {
      if (owed.read() && !(await tell())) return ended();
      const answer = await remote.me();
      if (answer.ok) {
        await needs.forgetOthers(answer.value.id);
        return put(store, 'session', { phase: 'signed-in', self: answer.value });
      }
      if (answer.error.code === 'sign-in-needed') return; // `ended` was told
      const { phase } = now();
      const isUnknown = phase === 'starting' || phase === 'unreached' || phase === 'offline';
      const next = isUnknown ? (needs.isKept() ? 'offline' : 'unreached') : phase;
      put(store, 'session', { ...now(), phase: next, refusal: answer.error });
    },
    async signIn() {
      if (owed.read()) await tell();
      owed.write(false);
      needs.leave('/authority/sign-in');
    },
    async signOut() {
      owed.write(true);
      ended();
      await tell();
    },
  };
}
