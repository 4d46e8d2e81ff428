import type { Bytes } from '../core/units.ts';
import type { DecoderName } from './code-reader.ts';

export interface Feedback {
  /** Must be called from a tap once, so that sound may play later. */
  unlock(): void;
  /** A verdict, `repeat`: a code that somebody has just used, whatever its card, or how a card ended by somebody's word. */
  play(
    state: 'pass' | 'repeat' | 'check' | 'stop' | 'unknown' | 'admitted' | 'refused',
    how: { readonly sound: boolean; readonly vibration: boolean },
  ): void;
  /** Reads a short line out by a voice that lives on this phone; silent where there is none. */
  say(text: string, language: string): void;
}

/** How this phone takes the app onto its home screen, or why it cannot from here. */
export type InstallWay = 'installed' | 'prompt' | 'ios' | 'android' | 'in-app' | 'none';

/** Which way this browser asks for the camera. */
export type Browser =
  | 'ios-home'
  | 'ios-safari'
  | 'ios-other'
  | 'android-home'
  | 'android'
  | 'in-app'
  | 'firefox'
  | 'safari'
  | 'chrome'
  | 'edge'
  | 'other';

/** The app in whose window a page is that no browser opened. */
export type HostApp =
  | 'wechat'
  | 'alipay'
  | 'dingtalk'
  | 'feishu'
  | 'qq'
  | 'weibo'
  | 'douyin'
  | 'toutiao'
  | 'baidu'
  | 'xiaohongshu'
  | 'other';

/** What the browser says about itself. */
export interface Phone {
  installWay(): InstallWay;
  browser(): Browser;
  /** Undefined in a browser, and on the home screen. */
  hostApp(): HostApp | undefined;
  /** Opens the browser's own question; only with the way `prompt`, within a tap. */
  install(): Promise<void>;
  /** Asks that the log never be evicted; true when the browser agrees. */
  persist(): Promise<boolean>;
  /** Bytes; absent where the browser does not tell. */
  storage(): Promise<{
    readonly persisted: boolean;
    readonly usedBytes?: number;
    readonly quotaBytes?: number;
  }>;
  /** Per cent; undefined where the browser does not tell. */
  battery(): Promise<{ readonly percent: number; readonly charging: boolean } | undefined>;
  /** What reads a code drawn in memory back, and in how many milliseconds; undefined when nothing does. */
  decoder(): Promise<{ readonly name: DecoderName; readonly ms: number } | undefined>;
  soundWorks(): boolean;
  keepAwake(wanted: boolean): void;
  /** The screen; `refused`: by the phone, for its battery. */
  awake(): 'on' | 'off' | 'refused' | 'unsupported';
  /** Whether the app opens without a network, from the next start on; `soon`: it is still being stored. */
  worksOffline(): Promise<'yes' | 'soon' | 'no'>;
}

/** Gives a finished file to the person: share sheet where there is one, download elsewhere. */
export interface FileSharer {
  share(file: { name: string; type: string; bytes: Bytes }): Promise<void>;
}
