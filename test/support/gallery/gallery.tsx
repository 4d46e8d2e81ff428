import { createStore } from 'zustand/vanilla';
import type { Language } from '../../../src/core/terms.ts';
import type { ScannerReport } from '../../../src/ports/code-reader.ts';
import type { AppActions } from '../../../src/scanner/app/actions.ts';
import type { Theme } from '../../../src/scanner/app/phone/settings.ts';
import type { AppState } from '../../../src/scanner/app/state.ts';
import { mount } from '../../../src/scanner/ui/mount.tsx';
import type { Key } from '../../../src/scanner/words/en/first.ts';
import { bendWords, loadLanguage, translator } from '../../../src/scanner/words/translate.ts';
import { pseudo } from '../../../src/words/pseudo.ts';
import { type Screen, screens } from './screens.ts';

// ?screen=NAME&lang=zh-CN&theme=light (or lang=pseudo, text=140) shows one screen over a store that nobody changes but the screen.
const query = new URLSearchParams(location.search);
const name = query.get('screen') ?? 'scan';
const screen = screens[name];
if (screen === undefined)
  throw new RangeError(`no screen ${name}; there are ${Object.keys(screens)}`);

const asked = query.get('lang') ?? 'zh-CN';
const language = (asked === 'pseudo' ? 'en' : asked) as Language;
const theme = (query.get('theme') ?? 'light') as Theme;
const store = createStore<AppState>(() => ({
  ...screen.state,
  settings: {
    ...screen.state.settings,
    language,
    theme,
    textSize: query.get('text') === '140' ? 140 : 100,
  },
}));

const { card: _, ...noCard } = store.getState();
const nothing = async () => {};
const actions: AppActions = {
  holdReading: () => {},
  registerByHand: nothing,
  scanEnrolment: nothing,
  confirmEnrolment: () => {},
  forgetDevice: nothing,
  readPhone: nothing,
  install: nothing,
  runSelfCheck: nothing,
  openSupervisor: nothing,
  closeSupervisor: () => {},
  changePin: nothing,
  showPastShift: nothing,
  setCompanions: async (companions) =>
    store.setState(({ card }) => (card ? { card: { ...card, companions, held: true } } : {})),
  enrolDemo: nothing,
  startShift: nothing,
  endShift: nothing,
  startCamera: nothing,
  stopCamera: () => {},
  setTorch: nothing,
  nextLens: nothing,
  nextZoom: nothing,
  present: nothing,
  readPicture: nothing,
  chooseCode: nothing,
  dismissCard: () => store.setState(noCard, true),
  holdCard: () =>
    store.setState((state) => (state.card ? { card: { ...state.card, held: true } } : {})),
  temperature: nothing,
  syncNow: nothing,
  handOver: nothing,
  pauseShift: nothing,
  resumeShift: nothing,
  closeSummary: nothing,
  prepareExport: nothing,
  shareExport: nothing,
  exportLog: nothing,
  setSettings: async (change) =>
    store.setState(({ settings }) => ({ settings: { ...settings, ...change } })),
  applyUpdate: () => {},
};

/** A grey street scene in place of a camera. */
function mountCamera(container: HTMLElement): () => void {
  const canvas = document.createElement('canvas');
  canvas.width = 64;
  canvas.height = 64;
  const context = canvas.getContext('2d');
  if (context) {
    context.fillStyle = '#5f6b74';
    context.fillRect(0, 0, 64, 64);
    context.fillStyle = '#8d979e';
    context.fillRect(0, 0, 64, 24);
  }
  const video = document.createElement('video');
  video.muted = true;
  video.srcObject = canvas.captureStream(1);
  container.append(video);
  void video.play().catch(() => undefined);
  return () => video.remove();
}

/** A scanner that has typed the test code on another keyboard. */
function testScanner(report: (report: ScannerReport) => void): () => void {
  report({ letters: 54, ms: 430, end: 'none', damage: 'layout', changed: [':', '/', '-'] });
  return () => {};
}

await loadLanguage(language);
if (asked === 'pseudo') bendWords('en', pseudo);
const root = document.getElementById('root');
if (root !== null) mount(root, { store, actions, mountCamera, testScanner, version: '0.1.0' });
if (screen.press !== undefined) setTimeout(() => pressFirst(screen), 100);

/** Presses what the screen wants pressed, once a card, which is loaded when wanted, is there. */
function pressFirst({ press = 1, thenPress, state }: Screen): void {
  if (state.card && document.querySelector('section[data-state] button') === null) {
    setTimeout(() => pressFirst({ press, state }), 50);
    return;
  }
  const buttons = document.querySelectorAll('button');
  buttons[buttons.length - press]?.click();
  if (thenPress !== undefined) pressWhenThere(thenPress);
  else document.documentElement.dataset['ready'] = '';
}

function pressWhenThere(key: Key): void {
  const words = (translator(language) as (key: Key) => string)(key);
  const buttons = [...document.querySelectorAll('dialog button')];
  const button = buttons.find((found) => found.textContent === words);
  if (button instanceof HTMLElement) {
    button.click();
    document.documentElement.dataset['ready'] = '';
  } else setTimeout(() => pressWhenThere(key), 50);
}
