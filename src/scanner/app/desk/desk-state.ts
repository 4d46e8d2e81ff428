import type { GateSettings, ToldPlace } from '../../../core/enrol/gate-settings.ts';
import type { SettingsRefusal } from '../../../core/enrol/signed-settings.ts';

/** What the desk has set for this gate's phones, as it was taken. */
export interface DeskSettings extends GateSettings, ToldPlace {
  readonly gate: string;
  /** When it was set, in seconds. */
  readonly iat: number;
  /** The supervisor's PIN came with it. */
  readonly pin?: true;
}

/** Settings in force, and why those offered last were not taken. */
export interface DeskSlice {
  readonly desk?: DeskSettings;
  readonly deskProblem?: SettingsRefusal;
}
