/**
 * The peer: `decodeFromConstraints` of @zxing/browser with the camera size we ask for. A text is
 * shown at once: no signature check, no log. `?pause=MS` sets its pause between two looks.
 */
import { BrowserQRCodeReader } from '@zxing/browser';

const pause = new URLSearchParams(location.search).get('pause');
const options = pause === null ? {} : { delayBetweenScanAttempts: Number(pause) };
const reader = new BrowserQRCodeReader(undefined, { ...options, ...successPause() });
const video = document.querySelector('video') ?? undefined;
const constraints = { video: { width: { ideal: 1280 }, height: { ideal: 720 } } };
let last = '';

function successPause() {
  return pause === null ? {} : { delayBetweenScanSuccess: Number(pause) };
}

void reader.decodeFromConstraints(constraints, video, (result) => {
  const text = result?.getText() ?? last;
  if (text === last) return;
  last = text;
  const card = document.createElement('section');
  card.dataset['state'] = 'read';
  card.textContent = text;
  document.body.append(card);
  setTimeout(() => card.remove(), 400);
});
