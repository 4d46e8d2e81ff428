import type { PlacedGate } from '../../../core/console/gates.ts';
import { type GateSettings, passBackRange } from '../../../core/enrol/gate-settings.ts';
import type { KioskCamera } from '../../../core/enrol/kiosk-camera.ts';
import { isPin } from '../../../core/enrol/pin.ts';
import type { Language } from '../../../core/terms.ts';

/** Settings of a gate as texts while they are typed; nothing stands for what is not set. */
export interface TypedSettings {
  readonly rapid: '' | 'on' | 'off';
  /** Minutes. */
  readonly passBack: string;
  readonly language: '' | Language;
  readonly kiosk: '' | KioskCamera;
  readonly pin: string;
  readonly again: string;
  readonly noPin: boolean;
}

export function typedSettings(gate: PlacedGate | undefined): TypedSettings {
  const { rapid, passBackS, language = '', kiosk = '' } = gate?.settings ?? {};
  return {
    rapid: rapid === undefined ? '' : rapid ? 'on' : 'off',
    passBack: passBackS === undefined ? '' : String(passBackS / 60),
    ...{ language, kiosk, pin: '', again: '', noPin: false },
  };
}

const secondsOf = (minutes: string): number => Math.round(Number(minutes.trim()) * 60);

export function isPassBack(minutes: string): boolean {
  const seconds = secondsOf(minutes);
  return minutes.trim() === '' || (seconds >= passBackRange.from && seconds <= passBackRange.to);
}

export const isGoodSettings = ({ passBack, pin, again }: TypedSettings): boolean =>
  isPassBack(passBack) && (pin === '' || isPin(pin)) && pin === again;

/** What is sent with a gate: all its settings, and of the PIN only what becomes of it. */
export function settingsBody(typed: TypedSettings): {
  readonly settings: GateSettings;
  readonly pin?: string | null;
} {
  const { rapid, passBack, language, kiosk, pin, noPin } = typed;
  return {
    settings: {
      ...(rapid !== '' && { rapid: rapid === 'on' }),
      ...(passBack.trim() !== '' && { passBackS: secondsOf(passBack) }),
      ...(language !== '' && { language }),
      ...(kiosk !== '' && { kiosk }),
    },
    ...(noPin ? { pin: null } : pin !== '' && { pin }),
  };
}
