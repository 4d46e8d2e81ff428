import type { NamesOf } from '../../ports/load-later.ts';
import type { EnrolActions } from './enrol/enrol-actions.ts';
import type { EnrollingActions } from './enrol/enrolling.ts';
import type { KioskActions } from './kiosk/kiosk.ts';
import type { PhoneActions } from './phone/phone-actions.ts';
import type { SelfCheckActions } from './phone/self-check.ts';
import type { PlaceActions } from './place/place-actions.ts';
import type { CameraActions } from './scan/camera-actions.ts';
import type { ScanActions } from './scan/scan-actions.ts';
import type { ExportActions } from './shift/export.ts';
import type { RunningShiftActions } from './shift/running-shift.ts';
import type { ShiftActions } from './shift/shift-actions.ts';
import type { NoteActions } from './sightings/neighbours.ts';
import type { SupervisorActions } from './supervisor/supervisor-actions.ts';
import type { SyncActions } from './sync/connector.ts';

/** What is asked of the engine, which is loaded after the first camera frame. */
export interface EngineActions
  extends EnrollingActions,
    ExportActions,
    NoteActions,
    PlaceActions,
    KioskActions,
    RunningShiftActions,
    ScanActions,
    SelfCheckActions,
    SupervisorActions,
    SyncActions {}

/** Everything a screen may ask for. None of these throws; failures show up in `AppState`. */
export interface AppActions
  extends CameraActions,
    EngineActions,
    EnrolActions,
    PhoneActions,
    ShiftActions {
  applyUpdate(): void;
}

/** A new action of a topic is forwarded to the engine by its line here; the compiler asks for it. */
export const engineActions: NamesOf<EngineActions> = {
  enrolDemo: true,
  seeWindow: true,
  enrolHere: true,
  enrolElsewhere: true,
  confirmEnrolment: true,
  refuseEnrolment: true,
  forgetDevice: true,
  present: true,
  readPicture: true,
  chooseCode: true,
  temperature: true,
  foundWarm: true,
  correct: true,
  setCompanions: true,
  letIn: true,
  refuse: true,
  overrule: true,
  registerByHand: true,
  setWay: true,
  leaveByHand: true,
  setLookOnly: true,
  setHeads: true,
  turnKioskOn: true,
  leaveKiosk: true,
  endShift: true,
  handOver: true,
  setScannedWith: true,
  pauseShift: true,
  resumeShift: true,
  prepareExport: true,
  shareExport: true,
  exportLog: true,
  lookForPin: true,
  openSupervisor: true,
  setFirstPin: true,
  closeSupervisor: true,
  changePin: true,
  takePinReset: true,
  resetPin: true,
  showPastShift: true,
  closePastShift: true,
  runSelfCheck: true,
  syncNow: true,
  noteTwice: true,
};
