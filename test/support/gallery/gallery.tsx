import { createStore, type StoreApi } from 'zustand/vanilla';
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

/** Only what a screen was made with changes it. */
let store: StoreApi<AppState>;
let takeAway = (): void => {};

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
  dismissCard: () => {
    const { card: _, ...noCard } = store.getState();
    store.setState(noCard, true);
  },
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
  const film = canvas.captureStream(1);
  video.srcObject = film;
  container.append(video);
  void video.play().catch(() => undefined);
  return () => {
    for (const track of film.getTracks()) track.stop(); // it would run on under the next screen
    video.remove();
  };
}

/** A scanner that has typed the test code on another keyboard. */
function testScanner(report: (report: ScannerReport) => void): () => void {
  report({ letters: 54, ms: 430, end: 'none', damage: 'layout', changed: [':', '/', '-'] });
  return () => {};
}

declare global {
  interface Window {
    /** Shows another screen in place of this one; false where that takes a page of its own. */
    showScreen(search: string): Promise<boolean>;
  }
}

const isPseudo = (search: string) => new URLSearchParams(search).get('lang') === 'pseudo';
// screens tell of minutes ago: each is shown at the moment at which the page was opened
const clock = Date.now;
const openedAt = clock();

let isBent = false;

window.showScreen = async (search) => {
  if (isPseudo(search) !== isPseudo(location.search)) return false; // words once bent stay bent
  takeAway();
  const { documentElement: html } = document;
  for (const { name } of [...html.attributes]) html.removeAttribute(name);
  await show(search);
  return true;
};
await show(location.search);

/** `?screen=NAME&lang=zh-CN&theme=light` (or `lang=pseudo`, `text=140`, `hand=left`): one screen over a store that nobody changes but the screen. */
async function show(search: string): Promise<void> {
  const shownAt = clock();
  Date.now = () => openedAt + clock() - shownAt;
  const query = new URLSearchParams(search);
  const name = query.get('screen') ?? 'scan';
  const screen = screens[name];
  if (screen === undefined)
    throw new RangeError(`no screen ${name}; there are ${Object.keys(screens)}`);
  const language = (isPseudo(search) ? 'en' : (query.get('lang') ?? 'zh-CN')) as Language;
  await Promise.all([loadLanguage(language), allLoaded()]);
  if (isPseudo(search) && !isBent) bendWords('en', pseudo);
  isBent = isPseudo(search);
  store = createStore<AppState>(() => ({
    ...screen.state,
    settings: {
      ...screen.state.settings,
      language,
      theme: (query.get('theme') ?? 'light') as Theme,
      leftHanded: query.get('hand') === 'left',
      textSize: query.get('text') === '140' ? 140 : 100,
    },
  }));
  const root = document.getElementById('root');
  if (root === null) throw new Error('no root');
  takeAway = mount(root, { store, actions, mountCamera, testScanner, version: '0.1.0' });
  await found(() => root.firstElementChild);
  await pressAll(screen, language);
  document.documentElement.dataset['ready'] = '';
}

/** Presses what the screen wants pressed; a card is deaf in the beginning. */
async function pressAll({ press, thenPress, state }: Screen, language: Language): Promise<void> {
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
