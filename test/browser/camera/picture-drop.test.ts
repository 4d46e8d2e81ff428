// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test } from 'vitest';
import { onPicture } from '../../../src/browser/camera/picture-drop.ts';

let pictures: File[];
let stop: () => void;
beforeEach(() => {
  pictures = [];
  stop = onPicture((file) => void pictures.push(file));
});
afterEach(() => stop());

const photo = new File(['x'], 'photo.jpg', { type: 'image/jpeg' });
const table = new File(['x'], 'table.csv', { type: 'text/csv' });

function send(type: 'paste' | 'drop' | 'dragover', files: File[]) {
  const data = { files, types: files.length > 0 ? ['Files'] : ['text/plain'] };
  const event = new Event(type, { bubbles: true, cancelable: true });
  Object.assign(event, { clipboardData: data, dataTransfer: data });
  document.body.dispatchEvent(event);
  return event.defaultPrevented;
}

test.each(['paste', 'drop'] as const)('a picture comes in by %s', (type) => {
  expect(send(type, [table, photo])).toBe(true);
  expect(pictures).toEqual([photo]);
});

test('a dropped file never takes the page away, and what is no picture is answered like one that was picked', () => {
  expect([send('dragover', [table]), send('drop', [table])]).toEqual([true, true]);
  expect(pictures).toEqual([table]);
});

test('pasted text goes where it was meant to', () => {
  expect(send('paste', [])).toBe(false);
});

test('once told to stop nothing is taken', () => {
  stop();
  send('drop', [photo]);
  expect(pictures).toEqual([]);
});
