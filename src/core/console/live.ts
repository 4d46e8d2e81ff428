/** What the hub answers to the console of a day: protocol 14. Times are epoch milliseconds. */
import type { LocalizedText } from '../terms.ts';

/** People and how it ended. */
export interface Ended {
  readonly people: number;
  readonly admitted: number;
  readonly refused: number;
  readonly notRecorded: number;
}

/** People by one word of an entry. */
export interface NamedCount extends Ended {
  /** A reason or an issuer; `''`: none was said. */
  readonly name: string;
  /** How an issuer calls itself, where the bundle names it. */
  readonly label?: LocalizedText;
}

/** Who went in and out since the day began, companions among them; of admitted people alone. */
export interface Inside {
  readonly wentIn: number;
  readonly wentOut: number;
  /** By how much supervisors' own counts differ from the sums before them. */
  readonly putRight: number;
  /** `wentIn − wentOut + putRight`. Below zero where some were in before, or went in by another gate. */
  readonly inside: number;
  /** People held back on their way out, where exits are checked. */
  readonly held: number;
  /** Codes a supervisor or an inspector looked at: nobody went in or out by them. */
  readonly looks: number;
}

/** A gate's day; `uncounted` came after a device was revoked, or says another gate than the device's. */
export interface GateDay extends Ended, Inside {
  readonly gate: string;
  readonly name: string;
  readonly uncounted: number;
  /** Phones on shift of which nothing came for ten minutes. */
  readonly silent: number;
}

/** How many are in a place that several gates lead to. */
export interface ZoneDay extends Inside {
  readonly zone: string;
  readonly name: string;
  readonly capacity?: number;
  /** Gates that lead there, and those among them that are not of the reader's areas and not counted here. */
  readonly gates: number;
  readonly hidden: number;
}

/** A site's gates together, and each of its places. */
export interface SiteDay extends Inside {
  readonly site: string;
  readonly name: string;
  readonly zones: readonly ZoneDay[];
}

/** A phone on shift of which nothing came for ten minutes. */
export interface SilentPhone {
  readonly gate: string;
  readonly name: string;
  readonly device: string;
  /** When its shift began. */
  readonly since: number;
  /** When it was last heard of, by an entry or by what it tells of itself; 0: never. */
  readonly heardAt: number;
}

/** A day so far, of those who came, of every gate of the reader's areas or of one. */
export interface Day {
  readonly at: number;
  readonly from: number;
  /** The one gate it is of. */
  readonly gate?: { readonly id: string; readonly name: string };
  readonly total: Ended;
  /** All gates shown together: who left, and what was looked at. */
  readonly moved: Inside;
  readonly states: Readonly<Record<'pass' | 'check' | 'stop' | 'unknown' | 'manual', number>>;
  /** The most people first. */
  readonly reasons: readonly NamedCount[];
  readonly issuers: readonly NamedCount[];
  readonly hours: readonly ({ readonly hour: number } & Ended)[];
  readonly gates: readonly GateDay[];
  readonly sites: readonly SiteDay[];
  /** Longest silent first. */
  readonly silent: readonly SilentPhone[];
}

/** An hour of a day in the heat map. */
export interface HeatHour {
  readonly people: number;
  readonly refused: number;
}

/** Days by their hours, the newest last, those without anybody too. */
export interface HeatMap {
  /** The one gate it is of. */
  readonly gate?: { readonly id: string; readonly name: string };
  readonly days: readonly {
    /** As in `2027-01-31`, by the asker's clock. */
    readonly day: string;
    /** 24 of them. */
    readonly hours: readonly HeatHour[];
  }[];
}
