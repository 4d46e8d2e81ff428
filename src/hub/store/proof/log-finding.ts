import type { ChainProblem } from '../../../core/log/chain.ts';

/**
 * Besides the chain's own: `row` a column says something else than its entry · `device` another
 * device wrote it · `shape` a known kind of entry it is not · `rewritten` the device signed another
 * one there · `missing` the device signed it, it came, and it is gone · `unsigned` nothing the device
 * signed has it · `signature` a kept batch is not the device's · `receipt` not the hub's, or not about
 * this head · `no-receipt` none though entries are there · `record`, `key`, `gate` the hub's signed
 * word on the device is gone or forged, or names another key or gate · `front` the beginning is called
 * forgotten, and the hub never signed that.
 */
export type LogProblem =
  | ChainProblem
  | 'row'
  | 'device'
  | 'shape'
  | 'rewritten'
  | 'missing'
  | 'unsigned'
  | 'signature'
  | 'receipt'
  | 'no-receipt'
  | 'record'
  | 'key'
  | 'gate'
  | 'front';

/** `at` is the seq of the entry; 0 where it is about the device and not about an entry. */
export interface Finding {
  readonly at: number;
  readonly problem: LogProblem;
}
