import { beforeEach, expect, test, vi } from 'vitest';
import type { Decoder } from '../../../src/browser/camera/decoder-worker.ts';
import { withSecond } from '../../../src/browser/camera/second-decoder.ts';
import { Fault } from '../../../src/core/fault.ts';

const frame = {} as ImageBitmap;
const file = new Blob();
const broken = () => Promise.reject(new Fault('decoder-failed', 'it does not start'));
const decoder = (name: 'wasm' | 'script') => ({
  look: vi.fn<Decoder['look']>(async () => ({ codes: [], looked: true })),
  readPicture: vi.fn<Decoder['readPicture']>(async () => []),
  decoderName: vi.fn<Decoder['decoderName']>(() => name),
});
let first: ReturnType<typeof decoder>;
let second: ReturnType<typeof decoder>;
let both: Decoder;
beforeEach(() => {
  first = decoder('wasm');
  second = decoder('script');
  both = withSecond(first, second);
});

test('the first reads as long as it does', async () => {
  await both.look(frame, 1);
  await both.readPicture(file);
  expect(second.look.mock.calls.length + second.readPicture.mock.calls.length).toBe(0);
  expect(both.decoderName()).toBe('wasm');
});

test('one that never reads is given up after two failures, for good', async () => {
  first.look.mockImplementation(broken);
  first.decoderName.mockReturnValue(undefined);
  for (let at = 0; at < 2; at++)
    await expect(both.look(frame, 1)).rejects.toMatchObject({ code: 'decoder-failed' });
  for (let at = 0; at < 3; at++) await both.look(frame, 1);
  expect([first.look.mock.calls.length, second.look.mock.calls.length]).toEqual([2, 3]);
  expect(both.decoderName()).toBe('script');
});

test('one that has read is not given up for its failures', async () => {
  first.look.mockImplementation(broken);
  for (let at = 0; at < 5; at++)
    await expect(both.look(frame, 1)).rejects.toMatchObject({ code: 'decoder-failed' });
  expect(second.look).not.toHaveBeenCalled();
});

test('a picture is read by the second at once: nobody shows it twice', async () => {
  first.readPicture.mockImplementation(broken);
  first.decoderName.mockReturnValue(undefined);
  for (let at = 0; at < 3; at++) expect(await both.readPicture(file)).toEqual([]);
  expect(first.readPicture).toHaveBeenCalledTimes(2);
  expect(second.readPicture).toHaveBeenCalledTimes(3);
});

test('a picture is not read by the second where the first has read', async () => {
  first.readPicture.mockImplementation(broken);
  await expect(both.readPicture(file)).rejects.toMatchObject({ code: 'decoder-failed' });
  expect(second.readPicture).not.toHaveBeenCalled();
});

test('a picture that cannot be opened says nothing against the decoder', async () => {
  const unreadable = new Fault('picture-unreadable', 'a PDF');
  first.readPicture.mockRejectedValue(unreadable);
  first.decoderName.mockReturnValue(undefined);
  for (let at = 0; at < 3; at++)
    await expect(both.readPicture(file)).rejects.toMatchObject({ code: 'picture-unreadable' });
  expect(second.readPicture).not.toHaveBeenCalled();
});
