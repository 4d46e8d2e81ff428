import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkChain } from '../../src/core/log/chain.ts';
import { emptyHead } from '../../src/core/log/entry.ts';
import { createPhone, type Phone, startShift } from '../support/phone.ts';
import { freshPass, runHub } from '../support/running-hub.ts';

let hub: Awaited<ReturnType<typeof runHub>>;
let phone: Phone;

beforeAll(async () => {
  hub = await runHub();
  phone = await createPhone(hub.url);
  await startShift(phone.page());
  await phone.page().evaluate(async () => {
    const { active } = await navigator.serviceWorker.ready;
    if (active?.state === 'activated') return;
    await new Promise((resolve) =>
      active?.addEventListener('statechange', resolve, { once: true }),
    );
  });
});
afterAll(async () => {
  await phone?.close();
  await hub?.close();
});

const scans = async () => (await phone.entries()).filter((entry) => entry.type === 'scan');

async function waitFor(condition: () => Promise<boolean>, what: string): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (await condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`never happened: ${what}`);
}

describe('a shift in a dead spot', () => {
  it('scans five codes after an offline reload', async () => {
    const shots = [];
    for (let i = 0; i < 5; i++) shots.push({ text: await freshPass(), frames: 100 });
    await phone.film(shots);
    await phone.setOffline(true);
    await phone.page().reload();
    await waitFor(async () => (await scans()).length === 5, 'five scans in the log');
    expect((await scans()).map(({ state }) => state)).toEqual(Array(5).fill('pass'));
  });

  it('still has all five after the browser was killed and opened again, offline', async () => {
    await phone.film([{ text: undefined, frames: 5 }]);
    const before = await phone.entries();
    await phone.crash({ offline: true });
    await phone.page().locator('video').waitFor();
    expect((await phone.entries()).slice(0, before.length)).toEqual(before);
    expect(await scans()).toHaveLength(5);
  });

  it('brings exactly these entries to the hub once there is a network, chain whole', async () => {
    await phone.setOffline(false);
    const head = async () => (await phone.entries()).at(-1)?.seq ?? 0;
    const atHub = () =>
      hub.sql.query<{ seq: number; hash: string }>('select seq, hash from scans order by seq');
    await waitFor(async () => (await atHub()).length >= (await head()), 'the log at the hub');
    const entries = await phone.entries();
    expect((await atHub()).map(({ seq, hash }) => [Number(seq), hash])).toEqual(
      entries.map(({ seq, hash }) => [seq, hash]),
    );
    expect((await checkChain(entries, emptyHead)).ok).toBe(true);
    await waitFor(async () => (await phone.cursor())?.seq === (await head()), 'the receipt');
    expect((await phone.cursor())?.head).toBe((await phone.entries()).at(-1)?.hash);
  });

  it('asked no other origin and complained of nothing', () => {
    expect(phone.strangers).toEqual([]);
    expect(phone.complaints).toEqual([]);
  });
});
