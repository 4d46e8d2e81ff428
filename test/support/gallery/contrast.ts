import type { Page } from 'playwright-core';
import sharp from 'sharp';

/** WCAG 2.2, relative luminance of one sRGB pixel. */
function luminance(rgb: readonly number[]): number {
  const [r = 0, g = 0, b = 0] = rgb
    .map((part) => part / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

const ofColour = (colour: string) => luminance((colour.match(/\d+/g) ?? []).map(Number));

/** Contrast of two `rgb()` colours: WCAG 2.2. */
export function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [ofColour(one), ofColour(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/** Every word, shape and button of the card, each with the ground it stands on. */
export function wordsOfCard(page: Page) {
  return page.locator('section[data-state]').evaluate((card) => {
    const hasWords = (element: Element) =>
      [...element.childNodes].some((node) => node.nodeType === 3 && node.nodeValue?.trim());
    const groundOf = (element: Element | null): string => {
      const { backgroundColor } = getComputedStyle(element ?? document.body);
      if (element === null || backgroundColor !== 'rgba(0, 0, 0, 0)') return backgroundColor;
      return groundOf(element.parentElement);
    };
    return [...card.querySelectorAll('*')]
      .filter((one) => hasWords(one) || one.matches('svg'))
      .map((one) => ({
        what: one.textContent || one.getAttribute('data-shape') || one.tagName,
        colour: getComputedStyle(one).color,
        ground: groundOf(one),
      }));
  });
}

/** Mean relative luminance of all that is on the screen: 1 is a white lamp, 0 a dark one. */
export async function glare(page: Page): Promise<number> {
  const { data, info } = await sharp(await page.screenshot())
    .resize(90)
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const pixels = data.length / info.channels;
  let sum = 0;
  for (let at = 0; at < data.length; at += info.channels)
    sum += luminance([...data.subarray(at, at + 3)]);
  return sum / pixels;
}
