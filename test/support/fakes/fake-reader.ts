import { Fault, type FaultCode } from '../../../src/core/fault.ts';
import type { CameraStatus, CodeReader } from '../../../src/ports/code-reader.ts';

type Listener = Parameters<CodeReader['start']>[0];

/** A camera the test points at texts. */
export interface FakeReader extends CodeReader {
  /** A code comes into view. True when it was delivered: started and not held. */
  show(text: string): boolean;
  setStatus(status: CameraStatus): void;
  /** What the next `readPicture` calls find. */
  pictures: string[];
  /** Why the next `readPicture` calls fail. */
  pictureFault: FaultCode | undefined;
  readonly started: boolean;
  /** Which side it was started on. */
  readonly facing: 'front' | 'back' | undefined;
  readonly held: boolean;
  /** Lit by the app. */
  readonly torch: boolean;
  readonly lens: number;
}

export function fakeReader(): FakeReader {
  let on: Listener | undefined;
  let held = false;
  let torch = false;
  let lens = 0;
  let facing: 'front' | 'back' | undefined;
  let pictures: string[] = [];
  let pictureFault: FaultCode | undefined;
  const live = (): CameraStatus => ({ kind: 'live', torch: true, lenses: 2 });
  return {
    async start(listener, side) {
      on = listener;
      facing = side;
      listener.status({ kind: 'starting' });
      listener.status(live());
    },
    stop() {
      on?.status({ kind: 'off' });
      on = undefined;
    },
    hold(next) {
      held = next;
    },
    async setTorch(next) {
      torch = next;
    },
    async nextLens() {
      lens = (lens + 1) % 2;
    },
    setZoom: async () => undefined,
    decoderName: () => 'wasm',
    async readPicture() {
      if (pictureFault) throw new Fault(pictureFault, 'as told');
      return pictures.map((text, at) => ({ text, corners: cornersOf(at) }));
    },
    show(text) {
      if (!on || held) return false;
      on.text(text);
      return true;
    },
    setStatus: (status) => on?.status(status),
    set pictures(texts: string[]) {
      pictures = texts;
    },
    set pictureFault(code: FaultCode | undefined) {
      pictureFault = code;
    },
    get pictureFault() {
      return pictureFault;
    },
    get pictures() {
      return pictures;
    },
    get facing() {
      return facing;
    },
    get started() {
      return on !== undefined;
    },
    get held() {
      return held;
    },
    get torch() {
      return torch;
    },
    get lens() {
      return lens;
    },
  };
}

/** Squares side by side. */
function cornersOf(at: number) {
  const [left, right] = [0.1 + at / 4, 0.3 + at / 4];
  return [
    { x: left, y: 0.1 },
    { x: right, y: 0.1 },
    { x: right, y: 0.3 },
    { x: left, y: 0.3 },
  ];
}
