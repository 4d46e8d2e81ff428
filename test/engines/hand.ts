import { until } from '../support/in-time.ts';
import type { Tab } from './engine.ts';

/** A deadline tells a page that hangs from a slow machine, and decides nothing else. */
const patienceMs = 60_000;

interface Sought {
  readonly selector: string;
  /** What it says, or its label: the whole of it, or a pattern in it. */
  readonly name?: string | RegExp;
  /** Words of the fieldset it stands in. */
  readonly within?: RegExp;
}

/** A person before the page: sees what can be seen, and taps where it is. */
export interface Hand {
  /** Waits until the last that can be seen says this, and gives what it says. */
  see(selector: string, name?: string | RegExp): Promise<string>;
  /** Waits until nothing such can be seen. */
  gone(selector: string): Promise<void>;
  /** Taps the last button (or what is named) that bears this name, once it stands still and nothing lies over it. */
  tap(name: string | RegExp, selector?: string): Promise<void>;
  /** Taps an answer of the question whose words have this. */
  answer(question: RegExp, name: string): Promise<void>;
  /** Types into a field that can be seen. */
  fill(selector: string, text: string): Promise<void>;
}

export function handOf(tab: Tab): Hand {
  const look = (sought: Sought) => tab.run(find, plain(sought, false)).catch(unlessLeft);
  async function seen(sought: Sought): Promise<Found> {
    let found: Found | undefined;
    await until(`${sought.name ?? ''} (${sought.selector}) to be seen`, patienceMs, async () => {
      found = await look(sought);
      return found !== undefined;
    });
    if (!found) throw new Error('not seen');
    return found;
  }
  async function touch(sought: Sought): Promise<void> {
    const where = () => tab.run(find, plain(sought, true)).catch(unlessLeft);
    await until(`${sought.name ?? ''} (${sought.selector}) to be tapped`, patienceMs, async () => {
      const before = await where();
      if (!before) return false;
      await tab.run(painted).catch(unlessLeft); // nobody taps what they do not see yet, and the app hears no such tap
      const now = await where();
      if (now?.x !== before.x || now.y !== before.y) return false;
      await tab.click(now.x, now.y);
      return true;
    });
  }
  return {
    see: async (selector, name) =>
      (await seen(name === undefined ? { selector } : { selector, name })).says,
    gone: (selector) =>
      until(`${selector} to go`, patienceMs, async () => (await look({ selector })) === undefined),
    tap: (name, selector = 'button') => touch({ selector, name }),
    answer: (within, name) => touch({ selector: 'fieldset label', name, within }),
    async fill(selector, text) {
      await touch({ selector });
      await tab.type(text);
    },
  };
}

/** A page that is being left answers nothing: as the drivers of the engines say it. */
function unlessLeft(error: unknown): undefined {
  if (!/context was destroyed|no such frame|discarded|AbortError/.test(String(error))) throw error;
}

interface Found {
  readonly x: number;
  readonly y: number;
  readonly says: string;
}

const plain = ({ selector, name, within }: Sought, toTap: boolean) => ({
  selector,
  exact: typeof name === 'string' ? name : undefined,
  pattern: name instanceof RegExp ? name.source : undefined,
  within: within?.source,
  toTap,
});

/**
 * In the page: what stands in the document now has been painted. A new page first of all is shown at all: Chromium
 * holds the one before on the screen meanwhile, and drops every click.
 */
const painted = () =>
  new Promise<void>((done) => {
    const since = performance.now();
    const look = () => {
      const isShown = performance.getEntriesByName('first-contentful-paint').length > 0;
      if (isShown || performance.now() - since > 1000) setTimeout(done, 50);
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(() => requestAnimationFrame(look));
  });

/** In the page: the last of these that can be seen, and its middle; or where a tap would meet it. */
function find(sought: ReturnType<typeof plain>): Found | undefined {
  const { selector, exact, pattern, within, toTap } = sought;
  for (const element of [...document.querySelectorAll(selector)].reverse()) {
    const asked = element.closest('fieldset')?.querySelector('legend')?.textContent ?? '';
    if (within !== undefined && !new RegExp(within).test(asked)) continue;
    if (toTap) element.scrollIntoView({ block: 'nearest' });
    const { left, top, width, height } = element.getBoundingClientRect();
    if (width === 0 || height === 0 || getComputedStyle(element).visibility !== 'visible') continue;
    const text = element.getAttribute('aria-label') ?? element.textContent ?? '';
    const says = text.replace(/\s+/g, ' ').trim();
    if (exact !== undefined && says !== exact) continue;
    if (pattern !== undefined && !new RegExp(pattern).test(says)) continue;
    const [x, y] = [Math.round(left + width / 2), Math.round(top + height / 2)];
    const met = document.elementFromPoint(x, y);
    if (toTap && (element.matches(':disabled') || !element.contains(met))) continue;
    return { x, y, says };
  }
  return undefined;
}
