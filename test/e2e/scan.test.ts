import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fromBase45, toBase45 } from '../../src/core/pass/base45.ts';
import { createPhone, type Phone, startShift, verdictOn } from '../support/phone.ts';
import { freshPass, runHub } from '../support/running-hub.ts';

let hub: Awaited<ReturnType<typeof runHub>>;
let phone: Phone;

beforeAll(async () => {
  hub = await runHub();
  phone = await createPhone(hub.url);
  await startShift(phone.page());
});
afterAll(async () => {
  await phone?.close();
  await hub?.close();
});

/** The camera sees this from now on: the film is changed and the page opened anew. */
async function scan(text: string) {
  await phone.film([{ text, frames: 30 }]);
  await phone.page().reload();
  return verdictOn(phone.page());
}

describe('a real browser with a real camera stream', () => {
  it('admits a fresh green Tianjin code', async () => {
    const card = await scan(await freshPass());
    expect(card.state).toBe('pass');
    expect(card.text).toContain('通行');
    expect(card.text).toContain('张*三');
  });

  it('admits the JWT form too', async () => {
    expect((await scan(await freshPass({ form: 'jwt' }))).state).toBe('pass');
  });

  it('refuses the code of 91 seconds ago as an old one', async () => {
    const card = await scan(await freshPass({}, 91));
    expect(card.state).toBe('stop');
    expect(card.text).toContain('刷新');
  });

  it('has a Hebei yellow code checked', async () => {
    expect((await scan(await freshPass({ issuer: 'CN-HE', state: 'y' }))).state).toBe('check');
  });

  it('stops a tampered code and shows nothing of it', async () => {
    const text = await freshPass();
    const bytes = fromBase45(text.slice(4));
    if (!bytes) throw new Error('not base45');
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
    const card = await scan(`KK1:${toBase45(bytes)}`);
    expect(card.state).toBe('stop');
    expect(card.text).not.toContain('张');
  });

  it('names a web link for what it is', async () => {
    const card = await scan('https://example.org/hello');
    expect(card.state).toBe('unknown');
  });

  it('has written each of these scans exactly once, and no more', async () => {
    const scans = (await phone.entries()).filter((entry) => entry.type === 'scan');
    expect(scans.map(({ state, reason }) => `${state}/${reason}`)).toEqual([
      'pass/admitted',
      'pass/admitted',
      'stop/stale',
      'check/colour-caution',
      'stop/bad-signature',
      'unknown/not-a-pass',
    ]);
  });

  it('caused no complaint of the browser and no request to another origin', () => {
    expect(phone.complaints).toEqual([]);
    expect(phone.strangers).toEqual([]);
  });
});

describe('the same film later', () => {
  it('passes now and is stale 91 seconds on', async () => {
    const text = await freshPass();
    expect((await scan(text)).state).toBe('pass');
    await new Promise((resolve) => setTimeout(resolve, 91_000));
    await phone.page().reload();
    expect((await verdictOn(phone.page())).state).toBe('stop');
  }, 150_000);
});
