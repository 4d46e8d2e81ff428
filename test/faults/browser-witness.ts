import type { Page } from 'playwright-core';
import type { LogEntry } from '../../src/core/log/entry.ts';

/** Moments of the app at which its browser may be killed. */
export const moments = ['append', 'upload', 'receipt', 'purge'] as const;
export type Moment = (typeof moments)[number];

/** Hears of every pass card on any page of one phone, and of the moments as they come. */
export class BrowserWitness {
  /** Ids of the codes whose pass was on screen. */
  readonly shown = new Set<string>();
  /** Every entry ever seen in the log, by seq: some are purged later. */
  readonly written = new Map<number, LogEntry>();
  /** From the next start of the browser on, its disk is full: it asks for room once, when it starts. */
  isDiskFull = false;
  #waiting: { moment: string; come: () => void } | undefined;

  readonly #origin: string;

  constructor(origin: string) {
    this.#origin = origin;
  }

  /** Before a page loads. */
  async prepare(page: Page): Promise<void> {
    page.on('console', (message) => {
      const [mark, what] = message.text().split(' ');
      if (mark === 'kakou-shown' && what) this.shown.add(what);
      const waiting = this.#waiting;
      if (mark !== 'kakou-at' || what !== waiting?.moment) return;
      this.#waiting = undefined;
      waiting?.come();
    });
    if (this.isDiskFull) {
      const session = await page.context().newCDPSession(page);
      await session.send('Storage.overrideQuotaForOrigin', { origin: this.#origin, quotaSize: 1 });
    }
    await page.addInitScript('globalThis.__name = (named) => named;'); // tsx asks for it
    await page.addInitScript(tellMoments);
    await page.addInitScript(tellCards);
  }

  /** Resolves at the next such moment. */
  next(moment: Moment): Promise<void> {
    return new Promise((come) => {
      this.#waiting = { moment, come };
    });
  }

  note(entries: readonly LogEntry[]): void {
    for (const entry of entries) this.written.set(entry.seq, entry);
  }
}

/** In the page: says on the console what the app is about to do. */
function tellMoments(): void {
  const say = (moment: string) => console.debug(`kakou-at ${moment}`);
  const { add, put, delete: remove } = IDBObjectStore.prototype;
  const { transaction } = IDBDatabase.prototype;
  const ask = window.fetch;
  const connections = new Set<IDBDatabase>();
  IDBObjectStore.prototype.add = function (...args) {
    if (this.name === 'entries') say('append');
    return add.apply(this, args);
  };
  IDBObjectStore.prototype.put = function (...args) {
    if (this.name === 'cursor') say('receipt');
    return put.apply(this, args);
  };
  IDBObjectStore.prototype.delete = function (...args) {
    if (this.name === 'entries') say('purge');
    return remove.apply(this, args);
  };
  IDBDatabase.prototype.transaction = function (...args) {
    connections.add(this);
    return transaction.apply(this, args);
  };
  window.fetch = (...args) => {
    if (String(args[0]).endsWith('/v1/scans')) say('upload');
    return ask(...args);
  };
  window.addEventListener('kakou-hang-up', () => {
    for (const connection of connections) connection.close();
  });
}

/** In the page: says whose pass is on screen, as soon as it is. */
function tellCards(): void {
  let last: Element | null = null;
  new MutationObserver(() => {
    const card = document.querySelector('section[data-state="pass"]');
    const jti = document.documentElement?.dataset['presented'];
    if (card && card !== last && jti) console.debug(`kakou-shown ${jti}`);
    last = card;
  }).observe(document, { childList: true, subtree: true });
}
