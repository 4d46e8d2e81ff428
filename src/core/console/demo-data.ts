/** Made-up data for a demo hub: a city's gates and some days of their people. */
import type { EpochMillis } from '../units.ts';
import type { GateFacts, SiteFacts } from './gates.ts';

/** What became of it in this hub process. */
export interface DemoData {
  readonly state: 'none' | 'running' | 'done' | 'failed';
  /** Entries taken in so far, and in all. */
  readonly done: number;
  readonly total: number;
}

/** Posts a body to the hub as a phone does, and gives the JSON of a good answer. Throws otherwise. */
export type AskHub = (path: string, body: string) => Promise<unknown>;

/** A phone of the made-up city. */
export interface DemoPhone {
  readonly gate: string;
  readonly entries: number;
  /** Enrols with the code, writes its log and uploads it; tells how many entries each upload brought. */
  play(code: string, ask: AskHub, uploaded: (entries: number) => void): Promise<void>;
}

/** The same for the same seed and time, but for the keys of its phones and their ids. */
export interface DemoCity {
  readonly sites: readonly SiteFacts[];
  readonly gates: readonly GateFacts[];
  readonly phones: readonly DemoPhone[];
}

/** `offset`: minutes that the city's clock is ahead of UTC. */
export type MakeCity = (asked: {
  readonly seed: string;
  readonly now: EpochMillis;
  readonly offset: number;
}) => DemoCity;
