import type { TableWords } from '../../core/table/table.ts';
import type { Language } from '../../core/terms.ts';
import type { Bytes } from '../../core/units.ts';
import type { CodeReader } from '../../ports/code-reader.ts';
import type { EventRemote } from '../../ports/event-remote.ts';
import type { Feedback, FileSharer, Phone } from '../../ports/phone.ts';
import type { Remote } from '../../ports/remote.ts';
import type { Clock, Leader, RandomBytes } from '../../ports/world.ts';
import type { Spoken } from './scan/signal.ts';
import type { DeviceStore, LogStore, SeenStore, TrustStore } from './stores.ts';

/** The world the app runs in: every port, once. No part of the app bears the name of a port. */
export interface AppPorts {
  /** As the phone tells it, which may be wrong: nothing decides by it but `app/trust`. */
  readonly rawClock: Clock;
  readonly random: RandomBytes;
  readonly log: LogStore;
  readonly device: DeviceStore;
  readonly trustStore: TrustStore;
  readonly seen: SeenStore;
  readonly remote: Remote;
  /** What the hub tells by itself; loaded when first asked for. */
  readonly events?: () => Promise<EventRemote>;
  readonly reader: CodeReader;
  readonly leader: Leader;
  readonly feedback: Feedback;
  readonly files: FileSharer;
  /** Loaded when first asked for. */
  readonly phone?: () => Promise<Phone>;
}

/** What is trusted before anything was fetched. */
export interface TrustAnchor {
  /** Root 1, compiled in. */
  readonly pinnedRoot: Bytes;
  /** Marks of the demo keys (`core/trust/demo-keys.ts`): who meets one in the trust set says DEMO. */
  readonly demoKeys?: readonly string[];
}

export interface AppConfig {
  readonly version: string;
  /** Asked for once, when the engine starts. */
  trustAnchor(): Promise<TrustAnchor>;
  /** What the device speaks, until a guard chooses otherwise. */
  readonly language: Language;
  /** Makes a language's words ready before a screen shows it. */
  loadLanguage?(language: Language): Promise<void>;
  /** Column headings and words of the exported table. */
  tableWords(language: Language): Promise<TableWords>;
  /** Minutes the wall clock of the place is ahead of UTC at an instant: whose day people are counted by. Default 0. */
  aheadOfUtc?(at: number): number;
  /** Milliseconds a card waits for the hub's word on a claim; 300 by default (protocol 13). */
  readonly claimMs?: number;
  /** The short line a voice reads out for a verdict; nothing by default. */
  readonly spoken?: Spoken;
  applyUpdate(): void;
  /** Loads the page anew: where nobody stands, and it does not come right by itself. */
  reload?(): void;
}
