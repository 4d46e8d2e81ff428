import { utf8 } from '../../../core/bytes.ts';
import { readGateSettings, readToldPlace } from '../../../core/enrol/gate-settings.ts';
import {
  openGateSettings,
  refuseSettings,
  type SignedSettings,
} from '../../../core/enrol/signed-settings.ts';
import { isObject } from '../../../core/json.ts';
import type { PublicJwk } from '../../../core/jwk.ts';
import type { Language } from '../../../core/terms.ts';
import { bestEffort } from '../best-effort.ts';
import type { Settings } from '../phone/settings.ts';
import { type AppStore, clear } from '../store.ts';
import type { DeviceStore, Enrolment } from '../stores.ts';
import { readRecord, withDeskPin } from '../supervisor/pin-record.ts';
import { note, type SupervisorNeeds } from '../supervisor/supervisor.ts';
import type { DeskSettings as Kept } from './desk-state.ts';

interface Needs extends Pick<SupervisorNeeds, 'pins' | 'writer' | 'clock'> {
  readonly store: AppStore;
  readonly device: Pick<DeviceStore, 'gateSettings' | 'changeGateSettings' | 'setSettings'>;
  enrolment(): Pick<Enrolment, 'gate'> | undefined;
  /** The hub's receipt keys by the bundle in force; none without one. */
  receiptKeys(): readonly PublicJwk[];
  /** What the phone speaks where nobody chose. */
  readonly language: Language;
  loadLanguage(language: Language): Promise<void>;
}

/** What the desk sets for the phones of this gate: protocol 4.2. */
export interface DeskSettings {
  /** Reads what is kept for the gate this phone stands at, and does it where no shift runs. */
  open(): Promise<void>;
  /** With what the hub answered; undefined: nothing newer. Settings that are not taken change nothing. */
  take(text: string | undefined): Promise<void>;
  stop(): void;
}

export function createDeskSettings(needs: Needs): DeskSettings {
  const { store, device } = needs;

  async function take(text: string | undefined): Promise<void> {
    const gate = needs.enrolment()?.gate.id;
    const keys = needs.receiptKeys();
    if (text === undefined) return clear(store, 'deskProblem');
    if (gate === undefined || keys.length === 0) return;
    const known = await keptFor(device, gate);
    const opened = await openGateSettings(utf8(text), keys);
    const here = { gate, iat: known?.iat ?? 0 };
    const problem = opened.ok ? refuseSettings(opened.value, here) : opened.error;
    if (problem !== undefined) return store.setState({ deskProblem: problem });
    if (opened.ok && opened.value.iat > here.iat) await keep(opened.value);
    else if (known) store.setState({ desk: known }); // another tab took it
    clear(store, 'deskProblem');
  }

  /** The PIN first: with a disk that takes nothing the hub offers both again. */
  async function keep({ supervisor, ...settings }: SignedSettings): Promise<void> {
    const next: Kept = { ...settings, ...(supervisor && { pin: true as const }) };
    if (supervisor) {
      let isAnother = false;
      await needs.pins.write((stored) => {
        const kept = readRecord(stored);
        const record = withDeskPin(kept, supervisor, settings);
        isAnother = record !== undefined && record.hash !== kept?.hash;
        return record;
      });
      if (isAnother) await note(needs, 'pin-set');
      if (isAnother) clear(store, 'pin');
    }
    let inForce: Kept | undefined;
    await device.changeGateSettings((stored) => {
      const kept = readKept(stored);
      const isOlder = kept?.gate === next.gate && kept.iat >= next.iat; // another tab was first
      inForce = isOlder ? kept : next;
      return isOlder ? undefined : next;
    });
    if (inForce) store.setState({ desk: inForce });
    await begin();
  }

  /** What holds at the start of a shift, and until the guard says otherwise. */
  async function begin(): Promise<void> {
    const { desk, settings } = store.getState();
    if (!desk) return;
    const language = settings.languageChosen
      ? settings.language
      : (desk.language ?? needs.language);
    if (language !== settings.language) await needs.loadLanguage(language);
    const { shift, settings: now } = store.getState();
    if (shift) return; // nobody's screen changes under their hands
    const change: Partial<Settings> = {
      ...(desk.rapid !== undefined && desk.rapid !== now.rapid && { rapid: desk.rapid }),
      ...(!now.languageChosen && language !== now.language && { language }),
    };
    if (Object.keys(change).length === 0) return;
    const changed = { ...now, ...change };
    store.setState({ settings: changed });
    await device.setSettings(changed);
  }

  const unsubscribe = store.subscribe(({ shift, desk, settings }, before) => {
    if (shift !== undefined || before.shift === undefined) return;
    // at once: where a guard takes over, the next shift begins in the same breath
    if (desk?.rapid !== undefined && desk.rapid !== settings.rapid)
      store.setState({ settings: { ...settings, rapid: desk.rapid } });
    void bestEffort(store, begin);
  });

  return {
    async open() {
      const gate = needs.enrolment()?.gate.id;
      const kept = gate === undefined ? undefined : await keptFor(device, gate);
      if (!kept) return clear(store, 'desk', 'deskProblem');
      store.setState({ desk: kept });
      await bestEffort(store, begin);
    },
    take,
    stop: unsubscribe,
  };
}

async function keptFor(
  device: Pick<DeviceStore, 'gateSettings'>,
  gate: string,
): Promise<Kept | undefined> {
  const kept = readKept(await device.gateSettings());
  return kept?.gate === gate ? kept : undefined;
}

function readKept(stored: unknown): Kept | undefined {
  if (!isObject(stored)) return undefined;
  const { gate, iat, pin } = stored as { readonly [member: string]: unknown };
  if (typeof gate !== 'string' || typeof iat !== 'number') return undefined;
  return {
    gate,
    iat,
    ...readGateSettings(stored),
    ...readToldPlace(stored),
    ...(pin === true && { pin }),
  };
}
