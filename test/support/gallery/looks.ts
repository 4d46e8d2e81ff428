import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** Boxes wider than the screen: 1 or 0, told on the console. */
export async function tooWide(page: Page, file: string): Promise<number> {
  const wide = await page.evaluate(() =>
    [
      ...document.querySelectorAll('html, main, dialog, section, section > div, nav button, ul'),
    ].some((box) => box.scrollWidth > box.clientWidth + 1 && box.clientWidth > 0),
  );
  if (wide) console.log(`${file}: wider than the screen`);
  return wide ? 1 : 0;
}

/** Targets under 60 × 60 px and texts under 18 px. */
export async function tooSmall(page: Page, file: string): Promise<number> {
  const small = await page.evaluate(() => {
    const pressable = [
      ...document.querySelectorAll('button, label:has(input), input:not(label *)'),
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
  await page.addScriptTag({ path: axe });
  const violations = await page.evaluate(async () => {
    const run = Reflect.get(window, 'axe') as { run(): Promise<{ violations: Violation[] }> };
    interface Violation {
      id: string;
      impact: string;
      nodes: { html: string; failureSummary: string }[];
    }
    return (await run.run()).violations.map(({ id, impact, nodes }) => ({
      id,
      impact,
      nodes: nodes.map((node) => `${node.html.slice(0, 160)}\n    ${node.failureSummary}`),
    }));
  });
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  for (const { id, impact, nodes } of serious)
    console.log(`${title}: ${impact} ${id}\n  ${nodes.join('\n  ')}`);
  return serious.length;
}
