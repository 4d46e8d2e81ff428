import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fromBase45, toBase45 } from '../../src/core/pass/base45.ts';
import { createPhone, type Phone, startShift, verdictOn } from '../support/phone.ts';
import { freshPass, runHub } from '../support/running-hub.ts';

let hub: Awaited<ReturnType<typeof runHub>>;
let phone: Phone;
/** A code grows old before its camera while the other phone scans. */
let patient: Phone;

beforeAll(async () => {
  hub = await runHub();
  [phone, patient] = await Promise.all([createPhone(hub.url), createPhone(hub.url)]);
  await Promise.all([phone, patient].map((one) => startShift(one.page())));
});
afterAll(async () => {
  await Promise.all([phone?.close(), patient?.close()]);
  await hub?.close();
});

/** The camera sees this from now on: the film is changed and the page opened anew. */
async function scan(text: string, by = phone) {
  await by.film([{ text, frames: 30 }]);
  await by.page().reload();
  return verdictOn(by.page());
}

let staleAt = Number.NaN;
it('a code of 50 seconds ago on film passes', async () => {
  staleAt = performance.now() + 41_000;
  expect((await scan(await freshPass({}, 50), patient)).state).toBe('pass');
  await patient.page().goto('about:blank'); // a camera that nobody looks through is work for nothing
});

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

it('the same film is stale when the code is 91 seconds old', async () => {
  expect(staleAt).toBeGreaterThan(0);
  await new Promise((resolve) => setTimeout(resolve, staleAt - performance.now()));
  await patient.page().goto(hub.url);
  expect((await verdictOn(patient.page())).state).toBe('stop');
});
