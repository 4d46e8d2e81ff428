import type { Page } from 'playwright-core';
import { seriousIn } from '../axe.ts';

/** Texts that stick out of their button, their box or the screen, and a page that scrolls sideways. */
export async function cutOff(page: Page, file: string): Promise<number> {
  const found = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    const cut = scrollWidth > clientWidth ? ['the page scrolls sideways'] : [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    while (texts.nextNode()) {
      const { currentNode: node } = texts;
      const parent = node.parentElement;
      if (!parent?.checkVisibility() || !node.nodeValue?.trim()) continue;
      range.selectNodeContents(node);
      const text = range.getBoundingClientRect();
      let canScroll = false;
      for (let box: Element | null = parent; box; box = box.parentElement) {
        const { left, right, bottom, width } = box.getBoundingClientRect();
        const { overflowX, overflowY, display, textOverflow } = getComputedStyle(box);
        if (textOverflow === 'ellipsis' && box.closest('button')) break; // says so, and a tap shows it whole
        if (width <= 1 || box.matches('pre')) break; // for screen readers only; may scroll
        const isBox = overflowX !== 'visible' || box.matches('button, label, dialog, html, td, th');
        if (display === 'inline' || !isBox) continue;
        canScroll ||= overflowY === 'auto' || overflowY === 'scroll' || box.matches('ol');
        const isBelow = overflowY === 'hidden' && !canScroll && text.bottom > bottom + 1;
        if (text.left >= left - 1 && text.right <= right + 1 && !isBelow) continue;
        cut.push(`"${node.nodeValue.slice(0, 60)}" in ${box.outerHTML.slice(0, 80)}`);
        break;
      }
    }
    return cut;
  });
  for (const what of found) console.log(`${file}: cut off: ${what}`);
  return found.length;
}

/** Numbers, and words of Latin letters, that go on in the next line, where no hyphen says so. */
export async function brokenWords(page: Page, file: string): Promise<number> {
  const found = await page.evaluate(() => {
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    const broken: string[] = [];
    while (texts.nextNode()) {
      const { currentNode: node } = texts;
      if (!node.parentElement?.checkVisibility()) continue;
      for (const { 0: word, index } of (node.nodeValue ?? '').matchAll(
        /[A-Za-z]{2,}|\d[\d,.:]*\d/g,
      )) {
        range.setStart(node, index);
        range.setEnd(node, index + word.length);
        if (new Set([...range.getClientRects()].map(({ top }) => top)).size > 1) broken.push(word);
      }
    }
    return broken;
  });
  for (const word of found) console.log(`${file}: broken word: ${word}`);
  return found.length;
}

/** What a finger or an eye does not reach without scrolling: beyond the screen, or under something else. */
export async function outOfSight(page: Page, what: string): Promise<string[]> {
  await page.locator(what).first().waitFor();
  return page.evaluate((selector) => {
    const all = [...document.querySelectorAll(selector)].filter((it) => it.checkVisibility());
    const isSeen = (it: Element) => {
      const { left, right, top, bottom } = it.getBoundingClientRect();
      // within its edges by a hair, where its round corners are not
      return [top + 2, (top + bottom) / 2, bottom - 2].every((y) => {
        const hit = document.elementFromPoint((left + right) / 2, y);
        return hit !== null && (it.contains(hit) || hit.contains(it));
      });
    };
    return all.filter((it) => !isSeen(it)).map((it) => it.textContent || it.outerHTML.slice(0, 80));
  }, what);
}

/** Targets under 60 × 60 px and texts under 18 px. */
export async function tooSmall(page: Page, file: string): Promise<number> {
  const small = await page.evaluate(() => {
    const pressable = [
      ...document.querySelectorAll(
        'a[href], button, label:has(input), input:not(label *, [tabindex="-1"])',
      ),
    ];
    const targets = pressable.filter((element) => {
      const { width, height } = element.getBoundingClientRect();
      return width > 0 && (width < 60 || height < 60);
    });
    const texts = [...document.querySelectorAll('body *')].filter(
      (element) =>
        [...element.childNodes].some((node) => node.nodeType === 3 && node.nodeValue?.trim()) &&
        Number.parseFloat(getComputedStyle(element).fontSize) < 18,
    );
    return [...targets, ...texts].map((element) => element.outerHTML.slice(0, 120));
  });
  for (const html of small) console.log(`${file}: too small: ${html}`);
  return small.length;
}

/** Serious and critical findings of axe-core. */
export async function check(page: Page, title: string): Promise<number> {
  const serious = await seriousIn(page);
  for (const { id, impact, nodes } of serious)
    console.log(`${title}: ${impact} ${id}\n  ${nodes.join('\n  ')}`);
  return serious.length;
}
