import type { CodeReader, InstallWay, Phone } from '../app/ports.ts';
import { selfTest } from '../decoder/self-test.ts';

/** Chromium's event, in no standard yet. */
export interface InstallPrompt extends Event {
  prompt(): Promise<unknown>;
}

/** What this browser says about itself; `prompt` gives the install question it kept for us, if any. */
export function createPhone(
  reader: Pick<CodeReader, 'readPicture'>,
  prompt: () => InstallPrompt | undefined,
): Phone {
  return {
    installWay: () => installWay(navigator.userAgent, isInstalled(), prompt() !== undefined),
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
    decoderWorks: () => readsItself(reader).catch(() => false),
    soundWorks: () =>
      'AudioContext' in globalThis && navigator.userActivation?.hasBeenActive !== false,
    worksOffline: () => Boolean(navigator.serviceWorker?.controller),
  };
}

const nothing = (): StorageEstimate => ({});

/** iPads call themselves Macs; only they have a touch screen. */
export function installWay(agent: string, installed: boolean, asked: boolean): InstallWay {
  if (installed) return 'installed';
  if (/MicroMessenger|AlipayClient|DingTalk|QQ\/|Weibo/.test(agent)) return 'in-app';
  if (asked) return 'prompt';
  if (/iPhone|iPad|iPod/.test(agent) || (/Macintosh/.test(agent) && navigator.maxTouchPoints > 1)) {
    return 'ios';
  }
  return /Android/.test(agent) ? 'android' : 'none';
}

const isInstalled = (): boolean =>
  matchMedia('(display-mode: standalone)').matches ||
  (navigator as { standalone?: boolean }).standalone === true;

/** Draws a code nobody could mistake for a pass, and has it read like a picture from the album. */
async function readsItself(reader: Pick<CodeReader, 'readPicture'>): Promise<boolean> {
  const { data, size } = selfTest.picture();
  const canvas = new OffscreenCanvas(size, size);
  canvas.getContext('2d')?.putImageData(new ImageData(data, size, size), 0, 0);
  const codes = await reader.readPicture(await canvas.convertToBlob());
  return codes.some(({ text }) => text === selfTest.text);
}
