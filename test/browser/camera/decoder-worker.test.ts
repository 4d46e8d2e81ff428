import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { DecoderRequest } from '../../../src/decoder/protocol.ts';

vi.mock('../../../src/decoder/worker.ts?worker&url', () => ({ default: '/worker.js' }));
vi.stubGlobal('window', globalThis);
const { createDecoderWorker } = await import('../../../src/browser/camera/decoder-worker.ts');

class FakeWorker extends EventTarget {
  readonly asked: DecoderRequest[] = [];
  terminated = false;
  postMessage(request: DecoderRequest) {
    this.asked.push(request);
  }
  terminate() {
    this.terminated = true;
  }
  answer(data: object) {
    this.dispatchEvent(new MessageEvent('message', { data }));
  }
}

let workers: FakeWorker[];
const bitmap = {} as ImageBitmap;
const coded = (text: string) => [{ text, corners: [], isPass: false }];
const decoder = () =>
  createDecoderWorker(() => {
    const worker = new FakeWorker();
    workers.push(worker);
    return worker as unknown as Worker;
  });

beforeEach(() => {
  vi.useFakeTimers();
  workers = [];
});
afterEach(() => void vi.useRealTimers());

test('no worker is started before the first picture, and one serves them all, one at a time', async () => {
  const { look } = decoder();
  expect(workers).toHaveLength(0);
  const first = look(bitmap, 1);
  const second = look(bitmap, 1);
  await vi.advanceTimersByTimeAsync(0);
  expect(workers.map(({ asked }) => asked.length)).toEqual([1]);
  workers[0]?.answer({ id: 1, looked: true, codes: coded('one') });
  expect((await first).codes).toEqual(coded('one'));
  await vi.advanceTimersByTimeAsync(0);
  workers[0]?.answer({ id: 2, looked: true, codes: [] });
  expect((await second).codes).toEqual([]);
  expect(workers).toHaveLength(1);
});

test.each([
  ['crashes', (worker: FakeWorker) => worker.dispatchEvent(new Event('error'))],
  ['cannot load its code', (worker: FakeWorker) => worker.answer({ id: 1, failed: 'decoder' })],
  ['hangs', () => vi.advanceTimersByTime(15_000)],
])('a worker that %s is ended and replaced after a rest', async (_, breakIt) => {
  const { look } = decoder();
  const broken = expect(look(bitmap, 1)).rejects.toMatchObject({ code: 'decoder-failed' });
  await vi.advanceTimersByTimeAsync(0);
  const [first] = workers;
  if (!first) throw new Error('no worker was started');
  breakIt(first);
  await broken;
  expect(first.terminated).toBe(true);
  const next = look(bitmap, 1);
  await vi.advanceTimersByTimeAsync(100);
  expect(workers).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1000);
  workers[1]?.answer({ id: 2, looked: true, codes: coded('again') });
  expect((await next).codes).toEqual(coded('again'));
});

test('an answer to another request is not taken for this one', async () => {
  const { look } = decoder();
  const asked = look(bitmap, 1);
  await vi.advanceTimersByTimeAsync(0);
  workers[0]?.answer({ id: 7, looked: true, codes: coded('other') });
  workers[0]?.answer({ id: 1, looked: true, codes: coded('mine') });
  expect((await asked).codes).toEqual(coded('mine'));
});

test('what reads the codes is known with the first answer', async () => {
  const { look, decoderName } = decoder();
  const asked = look(bitmap, 1);
  expect(decoderName()).toBeUndefined();
  await vi.advanceTimersByTimeAsync(0);
  workers[0]?.answer({ id: 1, codes: [], looked: true, decoder: 'native+wasm' });
  await asked;
  expect(decoderName()).toBe('native+wasm');
});

test('a frame this browser cannot send is a failure, not a hang', async () => {
  const { look } = createDecoderWorker(() => {
    const worker = new FakeWorker();
    worker.postMessage = () => {
      throw new DOMException('no', 'DataCloneError');
    };
    return worker as unknown as Worker;
  });
  await expect(look(bitmap, 1)).rejects.toMatchObject({ code: 'decoder-failed' });
});

test('a file that is no picture is a fault of the file; the worker stays', async () => {
  const { readPicture, look } = decoder();
  const reading = expect(readPicture(new Blob())).rejects.toMatchObject({
    code: 'picture-unreadable',
  });
  await vi.advanceTimersByTimeAsync(0);
  workers[0]?.answer({ id: 1, failed: 'unreadable' });
  await reading;
  void look(bitmap, 1);
  await vi.advanceTimersByTimeAsync(1000);
  expect(workers).toHaveLength(1);
  expect(workers[0]?.asked).toHaveLength(2);
});
