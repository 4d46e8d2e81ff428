import type { Invited } from '../../../core/console/answers.ts';

/** An invitation just made, with whose it is. */
export interface Link extends Invited {
  readonly name: string;
}
