import type { FaultCode } from '../../core/fault.ts';
import type { DeskSlice } from './desk/desk-state.ts';
import type { EnrolSlice } from './enrol/enrol-state.ts';
import type { KioskSlice } from './kiosk/kiosk-state.ts';
import type { PhoneSlice } from './phone/phone-state.ts';
import type { PlaceSlice } from './place/place-state.ts';
import type { ScanSlice } from './scan/scan-state.ts';
import type { ShiftSlice } from './shift/shift-state.ts';
import type { SightingsSlice } from './sightings/sightings-state.ts';
import type { SupervisorSlice } from './supervisor/supervisor-state.ts';
import type { SyncSlice } from './sync/sync-state.ts';
import type { TrustSlice } from './trust/trust-state.ts';

/** All that a screen may show: each topic's slice is told in its folder. */
export interface AppState
  extends DeskSlice,
    EnrolSlice,
    KioskSlice,
    PhoneSlice,
    PlaceSlice,
    ScanSlice,
    ShiftSlice,
    SightingsSlice,
    SupervisorSlice,
    SyncSlice,
    TrustSlice {
  readonly phase: 'starting' | 'failed' | 'enrol' | 'ready';
  /** What the disk holds is in here: until then no number and no warning is true. */
  readonly recalled?: true;
  /** Why `failed`, or why enrolling did not work. */
  readonly fault?: FaultCode;
  /** The app is built on demo keys: says DEMO on every screen. */
  readonly demo: boolean;
}
