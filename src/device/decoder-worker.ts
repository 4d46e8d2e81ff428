import { Fault } from '../core/fault.ts';
import type { DecoderAnswer, DecoderRequest } from '../decoder/protocol.ts';
import workerUrl from '../decoder/worker.ts?worker&url';
import { trustedScript } from './trusted-types.ts';

/** Milliseconds one look may take before the worker counts as hung: a large picture on an old phone. */
const timeLimit = 15_000;
/** Milliseconds of rest after a failure, so that a worker that cannot start is not started 12 times a second. */
const rest = 500;

/** Reads codes off the page's thread. */
export interface Decoder {
  /** Takes over the bitmap. Throws `decoder-failed`; the next call starts a fresh worker. */
  decode(kind: DecoderRequest['kind'], bitmap: ImageBitmap): Promise<readonly string[]>;
}

/** The one decoder worker: started by the first request, one request at a time, replaced when it breaks. */
export function createDecoderWorker(spawn: () => Worker = spawnOurs): Decoder {
  let worker: Worker | undefined;
  let last: Promise<unknown> = Promise.resolve();
  let id = 0;

  async function decode(kind: DecoderRequest['kind'], bitmap: ImageBitmap) {
    worker ??= spawn();
    try {
      return await request(worker, { id: ++id, kind, bitmap });
    } catch (thrown) {
      worker?.terminate();
      worker = undefined;
      throw thrown;
    }
  }

  return {
    decode(kind, bitmap) {
      const turn = last.then(() => decode(kind, bitmap));
      last = turn.catch(() => new Promise((wait) => setTimeout(wait, rest)));
      return turn;
    },
  };
}

function spawnOurs(): Worker {
  return new Worker(trustedScript(workerUrl), { type: 'module', name: 'kakou decoder' });
}

function request(worker: Worker, asked: DecoderRequest): Promise<readonly string[]> {
  return new Promise((resolve, reject) => {
    const fail = () => {
      done();
      reject(new Fault('decoder-failed', 'the decoder stopped working'));
    };
    const hear = ({ data }: MessageEvent<DecoderAnswer>) => {
      if (data.id !== asked.id) return;
      if ('failed' in data) return fail();
      done();
      resolve(data.texts);
    };
    const timer = setTimeout(fail, timeLimit);
    const done = () => {
      clearTimeout(timer);
      worker.removeEventListener('message', hear);
      worker.removeEventListener('error', fail);
      worker.removeEventListener('messageerror', fail);
    };
    worker.addEventListener('message', hear);
    worker.addEventListener('error', fail);
    worker.addEventListener('messageerror', fail);
    worker.postMessage(asked, [asked.bitmap]);
  });
}
