import { bestEffort } from '../best-effort.ts';
import type { ScanSession } from '../scan/scan-session.ts';
import { endShift } from '../shift/shift.ts';
import { clear } from '../store.ts';
import type { DeviceStore } from '../stores.ts';
import type { PinKeeper } from '../supervisor/pin-keeper.ts';
import { readRecord } from '../supervisor/pin-record.ts';
import { endRole, note } from '../supervisor/supervisor.ts';
import type { TrustKeeper } from '../trust/trust-keeper.ts';
import { createKioskCards } from './kiosk-cards.ts';
import { isSamePlan, type KioskRecord, planOf, readKiosk } from './kiosk-record.ts';
import { type KioskShiftNeeds, sayWhatIsOpen, tendShift } from './kiosk-shift.ts';
import type { KioskPlan, KioskSlice } from './kiosk-state.ts';
import { kioskRefusal, kioskTrouble } from './kiosk-trouble.ts';
import { createUpkeep, quietMs } from './kiosk-upkeep.ts';

export interface KioskActions {
  /** For an open supervisor: from now on nobody stands at this phone. `kioskRefused` says why not. */
  turnKioskOn(plan: KioskPlan): Promise<void>;
  /** The same the other way: the kiosk's shift ends, and its report is shown. */
  leaveKiosk(): Promise<void>;
}

interface Needs extends Omit<KioskShiftNeeds, 'device' | 'trust'> {
  readonly device: KioskShiftNeeds['device'] & Pick<DeviceStore, 'kiosk' | 'changeKiosk'>;
  readonly trust: TrustKeeper;
  readonly pins: PinKeeper;
  readonly reader: Parameters<typeof createUpkeep>[0]['reader'];
  readonly feedback: { unlock(): void };
  readonly camera: { start(): Promise<void>; stop(): void };
  monotonic: Parameters<typeof createUpkeep>[0]['monotonic'];
  readonly version: string;
  applyUpdate(): void;
  reload(): void;
  /** Called when a shift has ended. */
  ended(): void;
}

const beatMs = 5000;
/** A look that never came back, as from a disk that does not answer, is not waited for any longer. */
const stuckMs = 60_000;

/** A phone at which nobody stands: protocol 4.3. Nothing here does anything at any other phone. */
export function createKiosk(session: ScanSession, needs: Needs) {
  const { store } = needs;
  const upkeep = createUpkeep(needs);
  const troubleNow = () => {
    const state = store.getState();
    if (!state.kiosk) return undefined;
    const { clock, trust, version: app } = needs;
    const seen = { now: clock.now(), trust: trust.view(), app, darkMs: upkeep.darkMs() };
    return kioskTrouble({ plan: state.kiosk, state, ...seen });
  };
  const cards = createKioskCards(session, { ...needs, trouble: troubleNow });
  const power = createPower(needs);
  let timer: number | undefined;
  let busySince: number | undefined;
  let isSaid = false;

  function show(): void {
    const trouble = troubleNow();
    if (trouble === undefined) clear(store, 'kioskTrouble');
    else if (trouble !== store.getState().kioskTrouble) store.setState({ kioskTrouble: trouble });
  }

  async function tend(): Promise<void> {
    await power.follow();
    const { kiosk, phase, card, supervisor } = store.getState();
    if (!kiosk || phase !== 'ready') return;
    const sinceHeard = needs.monotonic() - cards.heardAt();
    const isQuiet = !card && supervisor.state === 'closed' && sinceHeard > quietMs;
    await bestEffort(store, async () => {
      if (await tendShift(needs, kiosk, isQuiet)) needs.ended();
      if (!isSaid) await sayWhatIsOpen(needs);
      isSaid = true;
    });
    await upkeep.tend(isQuiet);
  }

  async function beat(): Promise<void> {
    const now = needs.monotonic();
    if (busySince !== undefined && now - busySince < stuckMs) return;
    busySince = now;
    await tend().catch(() => undefined);
    if (busySince === now) busySince = undefined;
    show();
  }

  function next(): void {
    timer = setTimeout(() => {
      void beat();
      next();
    }, beatMs);
  }

  const unsubscribe = store.subscribe((state, before) => {
    if (state.kiosk !== before.kiosk || state.desk !== before.desk) void beat();
    if (state.shift === undefined && before.summary && !state.summary) void beat();
    const isSeen = ['camera', 'storageFault', 'shift', 'clock', 'trust', 'wedgeTrouble'] as const;
    if (state.kiosk && isSeen.some((one) => state[one] !== before[one])) show();
  });

  return {
    session: cards.session,
    actions: power.actions,
    start(): void {
      power.begin();
      next();
      show();
      void beat();
    },
    stop(): void {
      unsubscribe();
      clearTimeout(timer);
      cards.stop();
    },
  };
}

/** On and off: by a supervisor here, on by the desk too, and kept through every restart. */
function createPower(needs: Needs) {
  const { store, device } = needs;

  function refusal(plan: KioskPlan): KioskSlice['kioskRefused'] {
    const { gate } = store.getState();
    const view = needs.trust.view();
    return view && gate ? kioskRefusal(view, gate, plan) : 'rules';
  }

  function put(plan: KioskPlan | undefined): void {
    if (isSamePlan(plan, store.getState().kiosk)) return;
    if (store.getState().kiosk) needs.camera.stop(); // it may be another one
    if (plan) store.setState({ kiosk: plan });
    else clear(store, 'kiosk', 'kioskTrouble', 'kioskStray');
  }

  const keep = (change: (kept: KioskRecord | undefined) => KioskRecord | undefined) =>
    device.changeKiosk((stored) => change(readKiosk(stored)));

  async function turnOn(plan: KioskPlan): Promise<void> {
    const deskIat = store.getState().desk?.iat;
    await keep(() => ({ isOn: true, ...plan, ...(deskIat !== undefined && { deskIat }) }));
    await note(needs, 'kiosk-on');
    endRole(store);
    needs.camera.stop();
    put(plan);
  }

  async function hasPin(): Promise<boolean> {
    let found = false;
    await needs.pins.change((stored) => {
      found = readRecord(stored) !== undefined;
      return undefined;
    });
    return found;
  }

  /** What the desk asks for is done once, between shifts, and only where a PIN can end it. */
  async function followDesk(record: KioskRecord | undefined): Promise<void> {
    const { desk, shift, summary, phase, enrolDigits, kiosk } = store.getState();
    if (!desk?.kiosk || (record?.deskIat ?? 0) >= desk.iat || phase !== 'ready') return;
    if (!kiosk && (shift || summary || enrolDigits !== undefined)) return;
    const plan: KioskPlan = { ...kiosk, camera: desk.kiosk };
    const no = refusal(plan);
    if (no) return store.setState({ kioskRefused: no });
    clear(store, 'kioskRefused');
    if (isSamePlan(plan, kiosk) || !(await hasPin())) return;
    await turnOn(plan);
  }

  return {
    /** What the start of the app has found on disk, read as it is to be; what cannot be read stays a kiosk. */
    begin(): void {
      const plan = planOf(readKiosk(store.getState().kiosk));
      if (plan) store.setState({ kiosk: plan });
    },
    /** What is on disk holds, whichever tab wrote it. */
    async follow(): Promise<void> {
      const { kiosk, desk } = store.getState();
      if (!kiosk && !desk?.kiosk) return;
      const record = readKiosk(await device.kiosk());
      if (record && kiosk) put(planOf(record));
      // left in another tab, which has ended the shift
      if (kiosk && !store.getState().kiosk) clear(store, 'shift', 'card');
      await bestEffort(store, () => followDesk(record));
    },
    actions: {
      turnKioskOn: (plan) =>
        bestEffort(store, async () => {
          if (store.getState().supervisor.state !== 'open') return;
          const no = refusal(plan);
          if (no) return store.setState({ kioskRefused: no });
          clear(store, 'kioskRefused');
          needs.feedback.unlock();
          await turnOn(plan);
        }),
      leaveKiosk: () =>
        bestEffort(store, async () => {
          const { kiosk, supervisor, desk } = store.getState();
          if (!kiosk || supervisor.state !== 'open') return;
          const deskIat = desk?.iat;
          const off = { ...kiosk, isOn: false, ...(deskIat !== undefined && { deskIat }) };
          // a disk that takes nothing does not keep anybody here; after a restart it is a kiosk again
          await bestEffort(store, () => keep(() => off));
          await note(needs, 'kiosk-off');
          endRole(store);
          put(undefined);
          needs.camera.stop();
          await endShift(needs, needs.clock.now());
          needs.ended();
        }),
    } satisfies KioskActions,
  };
}
