import type { Refusal } from '../../../ports/ask-json.ts';
import type { Self } from '../answers.ts';

/** Whether somebody is signed in, and who. */
export interface Session {
  /**
   * `offline`: the server has not answered, and codes are kept here that this phone can show;
   * `unreached`: it has not, and nothing of anybody is.
   */
  readonly phase: 'starting' | 'signed-out' | 'signed-in' | 'offline' | 'unreached';
  /** Who is signed in, as the server said last; absent while it has not been reached. */
  readonly self?: Self;
  /** How the way to the identity provider ended, when it was no good. */
  readonly signIn?: 'failed' | 'unavailable';
  /** Why the last question was not answered. */
  readonly refusal?: Refusal;
}
