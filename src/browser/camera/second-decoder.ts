import { asFault } from '../../core/fault.ts';
import type { Decoder } from './decoder-worker.ts';

/** Failures of a decoder that has never read anything, after which it is given up. */
const tries = 2;

/**
 * `first`; and from then on `second`, where `first` fails again and again and has never read: a worker
 * that cannot start, WebAssembly that does not come.
 */
export function withSecond(first: Decoder, second: Decoder): Decoder {
  let failures = 0;
  const now = (): Decoder => (failures < tries ? first : second);
  /** Counts it; whether it may be that `first` does not work here at all. */
  function isDoubtful(decoder: Decoder, thrown: unknown): boolean {
    const isBroken = asFault(thrown, 'decoder-failed').code === 'decoder-failed';
    const doubt = isBroken && decoder === first && first.decoderName() === undefined;
    if (doubt) failures++;
    return doubt;
  }

  return {
    async look(frame, zoom) {
      const decoder = now();
      try {
        return await decoder.look(frame, zoom);
      } catch (thrown) {
        isDoubtful(decoder, thrown);
        throw thrown; // the camera shows another frame soon
      }
    },
    async readPicture(file) {
      const decoder = now();
      try {
        return await decoder.readPicture(file);
      } catch (thrown) {
        if (!isDoubtful(decoder, thrown)) throw thrown;
        return second.readPicture(file);
      }
    },
    decoderName: () => now().decoderName(),
  };
}
