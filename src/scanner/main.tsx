/** Composition root of the scanner: makes the device and the app, and shows them. */
import { asFault } from '../core/fault.ts';
import { addBuiltIns } from '../core/platform/built-ins.ts';
import type { Language } from '../core/terms.ts';
import type { Reason, VerdictState } from '../core/verify/verdict.ts';
import { startApp } from './app/app.ts';
import { clear, createAppStore } from './app/store.ts';
import { createDevice } from './device/device.ts';
import { mount } from './ui/mount.tsx';
import { loadLanguage, type Translate, translator } from './words/translate.ts';

declare const __APP_VERSION__: string;
/** True when any key of the pinned root is one of the demo keys in `keys/`. */
declare const __DEMO__: boolean;

addBuiltIns();
const version = __APP_VERSION__;
const device = createDevice();
const store = createAppStore(__DEMO__, device.remote.online());

store.subscribe(({ phase, kiosk }, before) => {
  const isFailed = phase === 'failed' && before.phase !== phase;
  if (!isFailed && kiosk === before.kiosk) return;
  void import('../browser/unattended.ts').then(({ rememberUnattended, startAgain }) =>
    isFailed ? startAgain() : rememberUnattended(kiosk !== undefined),
  );
});

async function main(root: HTMLElement): Promise<void> {
  const language = preferredLanguage(navigator.languages);
  document.documentElement.lang = language;
  try {
    const app = await startApp(store, device, {
      version,
      trustAnchor: async () => (await import('./trust-anchor.ts')).trustAnchor,
      language,
      loadLanguage,
      tableWords: async (chosen) => (await import('./words/table-words.ts')).tableWords(chosen),
      aheadOfUtc: (at) => -new Date(at).getTimezoneOffset(),
      spoken: (chosen, { state, reason }, isAlone) =>
        spokenLine(translator(chosen), state, reason, isAlone),
      applyUpdate: device.applyUpdate,
      reload: () => location.reload(),
    });
    device.onPicture((file) => void app.actions.readPicture(file));
    device.onOnlineChange(app.networkChanged);
    device.onResume(app.wake);
    device.onUpdateReady(() => store.setState({ updateReady: true }));
    const chosen = store.getState().settings.language;
    await loadLanguage(chosen);
    const label = translator(chosen)('camera.wedge');
    const scanner = device.scanner(
      (text) => {
        clear(store, 'wedgeTrouble');
        void app.actions.present(text, 'wedge');
      },
      { label, onTrouble: (wedgeTrouble) => store.setState({ wedgeTrouble }) },
    );
    const { mountCamera } = device;
    const testScanner = scanner.test;
    mount(root, { store, actions: app.actions, mountCamera, testScanner, version });
  } catch (thrown) {
    store.setState({ phase: 'failed', fault: asFault(thrown, 'internal').code });
    const { mountCamera } = device;
    const testScanner = () => () => undefined;
    mount(root, { store, mountCamera, testScanner, version });
  }
}

/** The state alone for a plain pass; with its reason for everything else, but never to all who stand in a queue. */
function spokenLine(
  t: Translate,
  state: VerdictState,
  reason: Reason,
  isAlone: boolean | undefined,
): string {
  if (reason === 'left') return t('state.left');
  const word = t(`state.${state}`);
  if (isAlone && state !== 'pass') return t('kiosk.staff');
  return state === 'pass' ? word : `${word}. ${t(`reason.${reason}.title`)}`;
}

function preferredLanguage(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    if (/^zh\b.*\b(TW|HK|MO|Hant)\b/i.test(tag)) return 'zh-TW';
    if (/^zh\b/i.test(tag)) return 'zh-CN';
    if (/^en\b/i.test(tag)) return 'en';
  }
  return 'zh-CN';
}

const root = document.getElementById('root');
if (root) void main(root);
