import type { CodeReader } from '../../../ports/code-reader.ts';
import type { AppStore } from '../store.ts';
import type { ScanSession } from './scan-session.ts';

interface Needs {
  readonly store: AppStore;
  readonly reader: CodeReader;
  startCamera(): Promise<void>;
  /** The session, as soon as it is loaded: no card is up before. */
  session(): ScanSession | undefined;
}

/** The camera and the card before it: at hand from the first frame. */
export type CameraActions = ReturnType<typeof createCameraActions>;

export function createCameraActions({ store, reader, startCamera, session }: Needs) {
  return {
    startCamera,
    stopCamera: () => reader.stop(),
    setTorch: (on: boolean) => reader.setTorch(on),
    nextLens: () => reader.nextLens(),
    /** 1×, 2×, 3× and back. */
    async nextZoom() {
      const { camera } = store.getState();
      const times = camera.kind === 'live' ? (camera.zoom ?? 1) : 1;
      await reader.setZoom(times < 3 ? times + 1 : 1);
    },
    /** While held, the camera shows its picture and reads nothing: a form is open. */
    // a sheet that closes because a card came over it leaves the camera held
    holdReading: (held: boolean) => reader.hold(held || store.getState().card !== undefined),
    /** Closes the card and goes on scanning. */
    dismissCard: () => session()?.dismiss(),
    /** Keeps a pass card on screen. */
    holdCard: () => session()?.hold(),
  };
}
