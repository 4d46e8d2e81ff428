import { createCamera, mountVideo } from '../../browser/camera/camera.ts';
import { chooseDecoder } from '../../browser/camera/choose-decoder.ts';
import { createCodeReader } from '../../browser/camera/code-reader.ts';
import { clock, randomBytes } from '../../browser/clock.ts';
import { createFeedback } from '../../browser/feedback.ts';
import { createLeader } from '../../browser/leader.ts';
import { onOnlineChange, onResume } from '../../browser/page-events.ts';
import type { InstallPrompt } from '../../browser/phone.ts';
import type { WedgeOptions } from '../../browser/wedge/wedge.ts';
import type { Scanner } from '../../browser/wedge/wedge-switch.ts';
import { loadLater, type NamesOf } from '../../ports/load-later.ts';
import type { Remote } from '../../ports/remote.ts';
import type { LogStore, SeenStore, TrustStore } from '../app/stores.ts';
import { openDevice } from './database.ts';
import { createDeviceStore } from './device-store.ts';

const logQuestions: NamesOf<LogStore> = {
  head: true,
  add: true,
  read: true,
  readShift: true,
  cursor: true,
  setCursor: true,
  base: true,
  purge: true,
  startOver: true,
};
const trustQuestions: NamesOf<TrustStore> = { load: true, save: true };
const seenQuestions: NamesOf<SeenStore> = { claim: true, release: true, forgetBefore: true };
type Asked = Pick<Remote, 'get' | 'post'>;

/** Every port of the app over this browser, and the events only a page has. */
export function createDevice() {
  const kept = openDevice();
  const stores = async () => (await import('./engine-stores.ts')).createEngineStores(kept);
  const camera = createCamera();
  // after the camera: a new version can wait
  const update = () => import('../../browser/update.ts').then((module) => module.update);
  let question: InstallPrompt | undefined;
  window.addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault(); // asked when the guard asks
    question = event as InstallPrompt;
  });
  const reader = createCodeReader(camera, chooseDecoder());
  return {
    rawClock: clock,
    random: randomBytes,
    log: loadLater(logQuestions, async () => (await stores()).log),
    device: createDeviceStore(kept),
    trustStore: loadLater(trustQuestions, async () => (await stores()).trust),
    seen: loadLater(seenQuestions, async () => (await stores()).seen),
    remote: {
      origin: location.origin,
      online: () => navigator.onLine,
      ...loadLater<Asked>({ get: true, post: true }, async () =>
        (await import('../../browser/remote/remote.ts')).createRemote(),
      ),
    },
    events: async () => (await import('../../browser/remote/event-remote.ts')).createEventRemote(),
    reader,
    phone: async () => (await import('../../browser/phone.ts')).createPhone(reader, () => question),
    leader: createLeader(navigator.locks),
    feedback: createFeedback(),
    files: loadLater(
      { share: true },
      async () => (await import('../../browser/share.ts')).fileSharer,
    ),
    /** Shows the camera's picture in an element; the result takes it out again. */
    mountCamera: (container: HTMLElement) => mountVideo(camera.video, container),
    /** Hardware scanners: texts, and what is wrong with how one is set up. */
    scanner: listenOnceLoaded,
    onUpdateReady: (ready: () => void) => void update().then(({ onReady }) => onReady(ready)),
    applyUpdate: () => void update().then(({ apply }) => apply()),
    /** Pictures pasted or dropped, for `reader.readPicture`; after the camera, like the scanner. */
    onPicture: (picture: (file: File) => void) =>
      void import('../../browser/camera/picture-drop.ts').then((late) => late.onPicture(picture)),
    onOnlineChange,
    onResume,
  };
}
export type Device = ReturnType<typeof createDevice>;

/** Listens for a hardware scanner as soon as that is loaded: the camera comes first. */
function listenOnceLoaded(onText: (text: string) => void, options: WedgeOptions = {}): Scanner {
  const loading = import('../../browser/wedge/wedge-switch.ts').then(({ createScanner }) =>
    createScanner(onText, options),
  );
  return {
    test(report) {
      const ending = loading.then((scanner) => scanner.test(report));
      return () => void ending.then((end) => end());
    },
  };
}
