import type { CodeReader } from '../../../ports/code-reader.ts';
import type { Browser, InstallWay } from '../../../ports/phone.ts';
import { defaultSettings, type Settings } from './settings.ts';

/** What the browser says about itself. Bytes; absent where it does not tell. */
export interface PhoneFacts {
  readonly installWay: InstallWay;
  readonly browser: Browser;
  /** What reads the codes. */
  readonly decoder: ReturnType<CodeReader['decoderName']>;
  readonly persisted: boolean;
  readonly usedBytes?: number;
  readonly quotaBytes?: number;
}

/** One line of the self-check. `detail` is a code for the help desk and names nobody; of the decoder its name. */
export interface Check {
  readonly name:
    | 'camera'
    | 'decoder'
    | 'clock'
    | 'keys'
    | 'list'
    | 'storage'
    | 'sound'
    | 'screen'
    | 'offline'
    | 'hub'
    | 'upload'
    | 'desk'
    | 'speed';
  readonly grade: 'good' | 'fair' | 'bad';
  readonly detail: string;
}

/** The phone: what the guard chose, and what it says of itself. */
export interface PhoneSlice {
  readonly settings: Settings;
  readonly phone?: PhoneFacts;
  readonly checks?: readonly Check[];
  readonly updateReady: boolean;
}
export const unaskedPhone: PhoneSlice = { settings: defaultSettings, updateReady: false };
