import { asFault, Fault } from '../../core/fault.ts';
import type {
  CameraFrame,
  DecoderAnswer,
  DecoderFailure,
  DecoderName,
  DecoderRequest,
  FoundCode,
  Sight,
} from '../../decoder/protocol.ts';
import workerUrl from '../../decoder/worker.ts?worker&url';
import { trustedScript } from '../trusted-types.ts';

/** Milliseconds one look may take before the worker counts as hung: a large picture on an old phone. */
const timeLimit = 15_000;
/** Milliseconds of rest after a failure, so that a worker that cannot start is not started 12 times a second. */
const rest = 500;

/** Reads codes off the page's thread. */
export interface Decoder {
  /** Takes over the frame. Throws `decoder-failed`; the next call starts a fresh worker. */
  look(frame: CameraFrame, zoom: number): Promise<Sight>;
  /** Every code on a picture file. Throws as `look` does, `picture-unreadable`, `picture-too-large`. */
  readPicture(file: Blob): Promise<readonly FoundCode[]>;
  /** What reads the codes; undefined until it has read for the first time. */
  decoderName(): DecoderName | undefined;
}

/** A request without its id, member by member of the union. */
type Asked = DecoderRequest extends infer Each
  ? Each extends unknown
    ? Omit<Each, 'id'>
    : never
  : never;

/** The one decoder worker: started by the first request, one request at a time, replaced when it breaks. */
export function createDecoderWorker(spawn: () => Worker = spawnOurs): Decoder {
  let worker: Worker | undefined;
  let last: Promise<unknown> = Promise.resolve();
  let id = 0;
  let name: DecoderName | undefined;

  async function ask(asked: Asked): Promise<Good> {
    worker ??= spawn();
    try {
      const answer = await request(worker, { ...asked, id: ++id } as DecoderRequest);
      name = answer.decoder;
      return answer;
    } catch (thrown) {
      if (asFault(thrown, 'decoder-failed').code === 'decoder-failed') {
        worker?.terminate();
        worker = undefined;
      }
      throw thrown;
    }
  }

  function inTurn(asked: Asked): Promise<Good> {
    const turn = last.then(() => ask(asked));
    last = turn.catch(() => new Promise((wait) => setTimeout(wait, rest)));
    return turn;
  }

  return {
    async look(frame, zoom) {
      const answer = await inTurn({ kind: 'frame', frame, zoom });
      return 'looked' in answer ? answer : { codes: [], looked: false };
    },
    async readPicture(file) {
      const answer = await inTurn({ kind: 'picture', file });
      return 'looked' in answer ? [] : answer.codes;
    },
    decoderName: () => name,
  };
}

/** A classic script: Firefox knows modules in workers from 114 on. */
function spawnOurs(): Worker {
  return new Worker(trustedScript(workerUrl), { name: 'kakou decoder' });
}

type Good = Exclude<DecoderAnswer, { failed: DecoderFailure }>;

function request(worker: Worker, asked: DecoderRequest): Promise<Good> {
  return new Promise((resolve, reject) => {
    const fail = (cause?: unknown) => {
      done();
      reject(new Fault('decoder-failed', 'the decoder stopped working', { cause }));
    };
    const hear = ({ data }: MessageEvent<DecoderAnswer>) => {
      if (data.id !== asked.id) return;
      if (!('failed' in data)) resolve(data);
      else if (data.failed === 'decoder') return fail();
      else reject(new Fault(`picture-${data.failed}`, 'the file gave no picture'));
      done();
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
    try {
      worker.postMessage(asked, asked.kind === 'frame' ? [asked.frame] : []);
    } catch (thrown) {
      fail(thrown); // a frame of a kind this browser cannot send
    }
  });
}
