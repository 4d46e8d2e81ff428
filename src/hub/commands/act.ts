import type { Queries } from '../../node/database.ts';
import type { ActFacts } from '../../node/store/act-log.ts';
import { type Act, recordAct } from '../operators/act-log.ts';
import type { Desk } from './command.ts';

/**
 * Writes down what the command line did, in the transaction of what it does. Who sat there nobody
 * knows: no name is made up.
 */
export const noteAct = (
  tx: Queries,
  { now }: Pick<Desk, 'now'>,
  act: Act,
  facts: ActFacts,
): Promise<void> => recordAct(tx, { at: now, by: 'command-line', act, facts });
