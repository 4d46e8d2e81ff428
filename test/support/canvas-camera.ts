import type { Page } from 'playwright-core';
import { encode } from 'uqr';

declare global {
  interface Window {
    /** Draws this code before the camera; without one an empty scene. */
    holdUp(modules?: readonly string[]): void;
    /** How many passes have flashed. */
    flashes: number;
  }
}

/** In the page: a camera that shows what `holdUp` was given, 30 times a second, and a count of flashes. */
function cameraOfCanvas(): void {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [1280, 720];
  const context = canvas.getContext('2d');
  let shown: readonly string[] = [];
  const draw = () => {
    if (!context) return;
    context.fillStyle = '#808080';
    context.fillRect(0, 0, canvas.width, canvas.height);
    const scale = shown.length > 0 ? Math.floor(480 / shown.length) : 0;
    const side = scale * shown.length;
    const [left, top] = [(canvas.width - side) / 2, (canvas.height - side) / 2];
    context.fillStyle = '#fff';
    context.fillRect(left, top, side, side);
    context.fillStyle = '#000';
    for (const [y, row] of shown.entries())
      for (const [x, module] of [...row].entries())
        if (module === '1') context.fillRect(left + x * scale, top + y * scale, scale, scale);
  };
  window.holdUp = (modules = []) => {
    shown = modules;
  };
  setInterval(draw, 1000 / 30);
  window.flashes = 0;
  const count = (node: Node) => {
    if (node instanceof HTMLParagraphElement && node.dataset['state'] === 'pass') window.flashes++;
  };
  const watch = (changes: MutationRecord[]) => {
    for (const { addedNodes } of changes) addedNodes.forEach(count);
  };
  new MutationObserver(watch).observe(document, { childList: true, subtree: true });
  // none on the empty page before
  if (navigator.mediaDevices)
    navigator.mediaDevices.getUserMedia = async () => canvas.captureStream(30);
}

/** The same as a script; what it says first is asked for by tsx. */
export const canvasCamera = `globalThis.__name = (named) => named; (${cameraOfCanvas})();`;

/** Gives the page that camera, from its next load on. */
export async function giveCanvasCamera(page: Page): Promise<void> {
  await page.addInitScript(canvasCamera);
}

/** Somebody holds this code up; without one they put it away. */
export async function holdUp(page: Page, text?: string): Promise<void> {
  const modules = text === undefined ? undefined : modulesOf(text);
  await page.evaluate((code) => window.holdUp(code), modules);
}

/** The code of this text, a row of 0 and 1 each, with its quiet zone. */
export const modulesOf = (text: string) =>
  encode(text, { ecc: 'M', border: 4 }).data.map((row) => row.map(Number).join(''));
