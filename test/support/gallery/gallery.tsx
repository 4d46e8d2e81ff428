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
import { allLoaded } from './eager-screens.ts';
import { type Screen, screens } from './screens.ts';

// ?screen=NAME&lang=zh-CN&theme=light (or lang=pseudo, text=140, hand=left) shows one screen over a store that nobody changes but the screen.
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
    leftHanded: query.get('hand') === 'left',
    textSize: query.get('text') === '140' ? 140 : 100,
  },
}));

const { card: _, ...noCard } = store.getState();
const nothing = async () => {};
const actions: AppActions = {
  holdReading: () => {},
  registerByHand: nothing,
  scanEnrolment: nothing,
  confirmEnrolment: async () => {},
  refuseEnrolment: async () => {},
  seeWindow: async () => {},
  enrolHere: async () => {},
  enrolElsewhere: async () => {},
  forgetDevice: nothing,
  readPhone: nothing,
  install: nothing,
  runSelfCheck: nothing,
  openSupervisor: nothing,
  closeSupervisor: () => {},
  changePin: nothing,
  lookForPin: nothing,
  setFirstPin: nothing,
  takePinReset: nothing,
  scanPinReset: nothing,
  resetPin: nothing,
  closePastShift: () => {},
  showPastShift: nothing,
  turnKioskOn: nothing,
  leaveKiosk: nothing,
  foundWarm: async () => undefined,
  correct: async () => undefined,
  setCompanions: async (companions) =>
    store.setState(({ card }) => (card ? { card: { ...card, companions, held: true } } : {})),
  setWay: nothing,
  leaveByHand: nothing,
  setLookOnly: () => {},
  setHeads: nothing,
  enrolDemo: nothing,
  startShift: nothing,
  forgetGuard: nothing,
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
  letIn: nothing,
  refuse: nothing,
  overrule: nothing,
  syncNow: nothing,
  noteTwice: nothing,
  handOver: nothing,
  setScannedWith: nothing,
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

await Promise.all([loadLanguage(language), allLoaded()]);
if (asked === 'pseudo') bendWords('en', pseudo);
const root = document.getElementById('root');
if (root === null) throw new Error('no root');
mount(root, { store, actions, mountCamera, testScanner, version: '0.1.0' });
await found(() => root.firstElementChild);
await pressAll(screen);
document.documentElement.dataset['ready'] = '';

/** Presses what the screen wants pressed; a card is deaf in the beginning. */
async function pressAll({ press, thenPress, state }: Screen): Promise<void> {
  if (press === undefined) return;
  if (state.card)
    await found(() => document.querySelector('section[data-state]:not([data-deaf]) button'));
  const buttons = document.querySelectorAll('button');
  buttons[buttons.length - press]?.click();
  if (thenPress === undefined) return;
  const words = (translator(language) as (key: Key) => string)(thenPress);
  const button = await found(() =>
    [...document.querySelectorAll<HTMLElement>('dialog button')].find(
      ({ textContent }) => textContent === words,
    ),
  );
  button.click();
}

/** What `find` finds, once it finds something. */
async function found<T>(find: () => T | null | undefined): Promise<T> {
  for (;;) {
    const it = find();
    if (it) return it;
    await new Promise((done) => setTimeout(done, 10));
  }
}
