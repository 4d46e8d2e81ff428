declare global {
  interface Window {
    /** The file that was saved last. */
    saved?: File;
    canvasCamera?: MediaDevices['getUserMedia'];
    /** What nobody caught. */
    complaints: string[];
    /** When keys went down, by the browser's own stamps. */
    keyTimes: number[];
  }
}

/** Not every driver tells of downloads: what a link is made for is what is saved. */
export function keepSaved(): void {
  window.complaints = [];
  window.addEventListener('error', ({ message }) => window.complaints.push(message));
  window.addEventListener('unhandledrejection', ({ reason }) =>
    window.complaints.push(String(reason)),
  );
  const { createObjectURL } = URL;
  URL.createObjectURL = (file: File) => {
    window.saved = file;
    return createObjectURL.call(URL, file);
  };
}

/** Before the app's own script, which keeps a scanner's keys to itself. */
export function keepKeyTimes(): void {
  window.keyTimes = [];
  window.addEventListener('keydown', ({ timeStamp }) => window.keyTimes.push(timeStamp), true);
}

/** The longest silence between two keys since this was asked last, in milliseconds. */
export function takeLongestSilence(): number {
  const times = window.keyTimes.splice(0);
  return Math.max(0, ...times.slice(1).map((at, index) => at - (times[index] ?? at)));
}

/** A browser with cameras of its own: the canvas waits until it is to take their place. */
export function ownCameraFirst(): void {
  if (!navigator.mediaDevices) return;
  window.canvasCamera = navigator.mediaDevices.getUserMedia;
  Reflect.deleteProperty(navigator.mediaDevices, 'getUserMedia');
}

/** From the next opening of the camera on, until the page is loaded anew. */
export function canvasInstead(): void {
  if (window.canvasCamera) navigator.mediaDevices.getUserMedia = window.canvasCamera;
}

/** What the picture's own track says of itself; empty while there is none. */
export function seeThrough() {
  const video = document.querySelector('video');
  const stream = video?.srcObject;
  const track = stream instanceof MediaStream ? stream.getVideoTracks()[0] : undefined;
  const settings: MediaTrackSettings & { torch?: boolean; zoom?: number } =
    track?.getSettings() ?? {};
  const { deviceId: id, facingMode: facing, torch, zoom } = settings;
  return { id, facing, torch, zoom, width: video?.videoWidth ?? 0 };
}

/** The field that hears a scanner is there, and nothing keeps it from hearing. */
export const listens = (): boolean => document.querySelector('body > input') !== null;

/** A scanner that inserts its text and presses no key. */
export function insert(text: string): void {
  const field = document.querySelector<HTMLInputElement>('body > input');
  if (!field) throw new Error('nothing listens for a scanner');
  field.focus();
  document.execCommand('insertText', false, text);
}

/** Somebody chooses a picture of this code. */
export async function givePicture(rows: readonly string[]): Promise<void> {
  const scale = 8;
  const canvas = document.createElement('canvas');
  canvas.width = rows.length * scale;
  canvas.height = rows.length * scale;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas');
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.fillStyle = '#000';
  for (const [y, row] of rows.entries())
    for (const [x, module] of [...row].entries())
      if (module === '1') context.fillRect(x * scale, y * scale, scale, scale);
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'));
  const field = document.querySelector<HTMLInputElement>('input[type=file]');
  if (!blob || !field) throw new Error('no picture, or nowhere to give it');
  const chosen = new DataTransfer();
  chosen.items.add(new File([blob], 'pass.png', { type: 'image/png' }));
  field.files = chosen.files;
  field.dispatchEvent(new Event('change', { bubbles: true }));
}

/** The state of the card that is up, if one is. */
export const cardUp = (): string | undefined =>
  document.querySelector<HTMLElement>('section[data-state]')?.dataset['state'];

export const counts = (): string =>
  document.querySelector('[aria-label=本班计数]')?.textContent ?? '';

/** Name and beginning of the file that was saved last. */
export async function lastFile(): Promise<string> {
  const { saved } = window;
  return saved ? `${saved.name} ${(await saved.text()).slice(0, 20)}` : '';
}

/** What nobody caught since this was asked last. */
export const takeComplaints = (): readonly string[] => window.complaints.splice(0);

/** What looks wrong on the card: a line broken within a phrase that it ends, a hole among its answers. */
export function untidy(): string[] {
  const wrong: string[] = [];
  const card = document.querySelector('section[data-state]');
  if (!card) return ['no card'];
  const texts = document.createTreeWalker(card, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    const text = node.textContent ?? '';
    for (let at = 1; at < text.length; at++) {
      const range = document.createRange();
      const topOf = (index: number) => {
        range.setStart(node, index);
        range.setEnd(node, index + 1);
        return range.getBoundingClientRect().top;
      };
      const breaks = topOf(at) - topOf(at - 1) > 5;
      if (breaks && /\p{Script=Han}/u.test(text.slice(at - 1, at)) && at > text.length - 4)
        wrong.push(`${text.slice(0, at)} | ${text.slice(at)}`);
    }
  }
  for (const set of card.querySelectorAll('fieldset')) {
    const lefts = [...set.querySelectorAll('button')].map(
      (button) => button.getBoundingClientRect().left,
    );
    if (lefts[0] !== Math.min(...lefts)) wrong.push('a hole before the first answer');
  }
  return wrong;
}
