import { Fault } from '../core/fault.ts';
import { selfTest } from '../decoder/self-test.ts';
import type { CodeReader } from '../ports/code-reader.ts';
import type { Browser, HostApp, InstallWay, Phone } from '../ports/phone.ts';
import { createWakeLock } from './wake-lock.ts';

/** Chromium's event, in no standard yet. */
export interface InstallPrompt extends Event {
  prompt(): Promise<unknown>;
}

/** One for the page, whoever asks. */
const screenLock = createWakeLock();

/** What this browser says about itself; `prompt` gives the install question it kept for us, if any. */
export function createPhone(
  reader: Pick<CodeReader, 'readPicture' | 'decoderName'>,
  prompt: () => InstallPrompt | undefined,
): Phone {
  return {
    installWay: () => installWay(navigator.userAgent, isInstalled(), prompt() !== undefined),
    browser: () => browserOf(navigator.userAgent, isInstalled()),
    hostApp: () => hostAppOf(navigator.userAgent, isInstalled()),
    async install() {
      await prompt()
        ?.prompt()
        .catch(() => undefined);
    },
    persist: async () => (await navigator.storage?.persist?.().catch(() => false)) ?? false,
    async storage() {
      const { usage, quota } = (await navigator.storage?.estimate?.().catch(nothing)) ?? nothing();
      return {
        persisted: (await navigator.storage?.persisted?.().catch(() => false)) ?? false,
        ...(usage !== undefined && { usedBytes: usage }),
        ...(quota !== undefined && { quotaBytes: quota }),
      };
    },
    async battery() {
      const { level, charging } = (await battery().catch(() => undefined)) ?? {};
      const percent = Math.round((level ?? Number.NaN) * 100);
      const isTold = percent >= 0 && percent <= 100 && typeof charging === 'boolean';
      return isTold ? { percent, charging } : undefined;
    },
    async decoder() {
      // the first time it may have to be loaded
      const read = () => readsItself(reader).catch(() => undefined);
      const reads = (await read()) && (await read());
      const name = reader.decoderName();
      return reads && name !== 'loading' ? { name, ms: reads.ms } : undefined;
    },
    soundWorks: () =>
      'AudioContext' in globalThis && navigator.userActivation?.hasBeenActive !== false,
    keepAwake: (wanted) => screenLock.keep(wanted),
    awake: () => screenLock.state(),
    worksOffline: () => worksOffline().catch(() => 'no'),
  };
}

/**
 * What counts is an active worker and the stored page, not who controls this page: on the first visit
 * and after a forced reload nobody does, and a browser that clears its caches leaves the worker.
 */
async function worksOffline(): Promise<'yes' | 'soon' | 'no'> {
  const registration = await navigator.serviceWorker?.getRegistration();
  if (!registration) return 'no';
  if (!registration.active) return 'soon';
  const page = await caches.match('/index.html', { ignoreSearch: true });
  return page ? 'yes' : 'no';
}

/** Battery Status API: Chromium alone tells. */
async function battery(): Promise<{ level?: number; charging?: boolean } | undefined> {
  const asked = navigator as { getBattery?: () => Promise<{ level: number; charging: boolean }> };
  return asked.getBattery?.();
}

const nothing = (): StorageEstimate => ({});

/** iPads call themselves Macs; only they have a touch screen. */
const isIos = (agent: string) =>
  /iPhone|iPad|iPod/.test(agent) || (/Macintosh/.test(agent) && navigator.maxTouchPoints > 1);
/** Windows of chat and news apps by name; the first that fits. */
const hostApps: readonly (readonly [HostApp, RegExp])[] = [
  ['dingtalk', /DingTalk/i],
  ['alipay', /AlipayClient/i],
  ['wechat', /MicroMessenger/i],
  ['feishu', /Lark\/|Feishu/i],
  ['weibo', /Weibo/i],
  ['douyin', /aweme/i],
  ['toutiao', /NewsArticle/i],
  ['baidu', /baiduboxapp/i],
  ['xiaohongshu', /XiaoHongShu/i],
  ['qq', /QQ\//],
  ['other', /FBA[NV]\/|Instagram|\bLine\/|; wv\)/i],
];

/** By name, or by what each system's own web view says of itself. */
export function hostAppOf(agent: string, installed: boolean): HostApp | undefined {
  const named = hostApps.find(([, name]) => name.test(agent));
  if (named) return named[0];
  const isBare = /iPhone|iPad|iPod/.test(agent) && !installed && !/Safari\//.test(agent);
  return isBare ? 'other' : undefined;
}
const isInApp = (agent: string, installed: boolean) => hostAppOf(agent, installed) !== undefined;

export function installWay(agent: string, installed: boolean, asked: boolean): InstallWay {
  if (installed) return 'installed';
  if (isInApp(agent, installed)) return 'in-app';
  if (asked) return 'prompt';
  if (isIos(agent)) return 'ios';
  return /Android/.test(agent) ? 'android' : 'none';
}

export function browserOf(agent: string, installed: boolean): Browser {
  if (isInApp(agent, installed)) return 'in-app';
  if (isIos(agent)) {
    if (installed) return 'ios-home';
    return /CriOS|FxiOS|EdgiOS|OPiOS/.test(agent) ? 'ios-other' : 'ios-safari';
  }
  if (/Firefox\//.test(agent)) return 'firefox';
  if (/Android/.test(agent)) return installed ? 'android-home' : 'android';
  if (/Edg\//.test(agent)) return 'edge';
  if (/Chrom(e|ium)\//.test(agent)) return 'chrome';
  return /Safari\//.test(agent) ? 'safari' : 'other';
}

const isInstalled = (): boolean =>
  matchMedia('(display-mode: standalone)').matches ||
  (navigator as { standalone?: boolean }).standalone === true;

/** Draws a code nobody could mistake for a pass, and has it read like a picture from the album. */
async function readsItself({
  readPicture,
}: Pick<CodeReader, 'readPicture'>): Promise<{ ms: number } | undefined> {
  const { data, size } = selfTest.picture();
  const canvas = document.createElement('canvas');
  canvas.width = size;
  canvas.height = size;
  canvas.getContext('2d')?.putImageData(new ImageData(data, size, size), 0, 0);
  const picture = await new Promise<Blob | null>((made) => canvas.toBlob(made));
  if (!picture) throw new Fault('decoder-failed', 'the canvas gives no picture');
  const from = performance.now();
  const codes = await readPicture(picture);
  const ms = Math.round(performance.now() - from);
  return codes.some(({ text }) => text === selfTest.text) ? { ms } : undefined;
}
