import { Fault } from '../../core/fault.ts';
import { createDecoderWorker, type Decoder } from './decoder-worker.ts';
import { withSecond } from './second-decoder.ts';

/** WebAssembly in a worker; where that is switched off or does not start, the slower script, loaded on first use. */
export function chooseDecoder(): Decoder {
  const script = scriptDecoder();
  const canWork = 'WebAssembly' in globalThis && 'OffscreenCanvas' in globalThis;
  return canWork ? withSecond(createDecoderWorker(), script) : script;
}

function scriptDecoder(): Decoder {
  const script = () => import('./decoder-script.ts').then((module) => module.createScriptDecoder());
  let loading: Promise<Decoder> | undefined;
  let loaded: Decoder | undefined;
  async function decoder(): Promise<Decoder> {
    loading ??= script();
    try {
      loaded = await loading;
      return loaded;
    } catch (thrown) {
      loading = undefined;
      throw new Fault('decoder-failed', 'the decoder could not be loaded', { cause: thrown });
    }
  }
  return {
    look: async (frame, zoom) => (await decoder()).look(frame, zoom),
    readPicture: async (file) => (await decoder()).readPicture(file),
    decoderName: () => loaded?.decoderName(),
  };
}
