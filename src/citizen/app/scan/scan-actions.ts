import type { CodeReader, PictureFile } from '../../../ports/code-reader.ts';
import { sliceOf } from '../slice-of.ts';
import type { CitizenStore } from '../store.ts';
import type { ScanState } from './scan-state.ts';

/** The camera and its decoder, whose code is loaded when somebody wants to scan. */
export interface ScanCamera {
  start: CodeReader['start'];
  stop(): Promise<void>;
  readPicture: CodeReader['readPicture'];
  /** Shows the camera's picture in an element (opaque to the app); the result takes it out again. */
  mount(container: unknown): Promise<() => void>;
}

export interface ScanActions {
  /** Opens the camera: the next code is the one meant, and ends it. */
  start(): Promise<void>;
  stop(): void;
  readPicture(file: PictureFile): Promise<void>;
  mount: ScanCamera['mount'];
}

export const noScan: ScanState = { camera: { kind: 'off' }, picture: undefined };

export function createScan(
  store: CitizenStore,
  camera: ScanCamera,
  found: (text: string) => void,
): ScanActions {
  const { set } = sliceOf(store, 'scan');
  /** Grows whenever it is begun or ended: what comes of one before is dropped. */
  let run = 0;

  function stop(): void {
    run++;
    set({ camera: { kind: 'off' } });
    void camera.stop().catch(() => undefined);
  }

  return {
    stop,
    mount: camera.mount,
    async start() {
      const mine = ++run;
      set({ camera: { kind: 'starting' }, picture: undefined });
      const text = (read: string) => {
        if (mine !== run) return;
        stop();
        found(read);
      };
      const status: Parameters<CodeReader['start']>[0]['status'] = (next) => {
        if (mine === run) set({ camera: next });
      };
      await camera
        .start({ text, status })
        .catch(() => status({ kind: 'problem', problem: 'failed' }));
    },
    async readPicture(file) {
      set({ picture: 'reading' });
      try {
        const [code] = await camera.readPicture(file);
        if (!code) return set({ picture: 'none' });
        set({ picture: undefined });
        stop();
        found(code.text);
      } catch {
        set({ picture: 'failed' });
      }
    },
  };
}
