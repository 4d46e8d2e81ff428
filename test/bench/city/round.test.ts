import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { emptyHead } from '../../../src/core/log/entry.ts';
import type { TestKey } from '../../support/log-entries.ts';
import { createCity, type PhonesOfCity } from './engines.ts';
import { schedule } from './replay.ts';
import { cut, fullestSecond, kindOf, perPhone, type Trace } from './trace.ts';

const minute = 60_000;
const phones = 10;
let city: PhonesOfCity;

/** All opened in the same second, six minutes before midnight: the lists of the day come soon. */
beforeEach(async () => {
  city = await createCity(phones, 3, Date.UTC(2026, 5, 1, 23, 54));
  await Promise.all(city.phones.map((phone) => phone.open()));
  await city.waitFor(() => city.phones.every((one) => one.state()?.trust.bundle !== undefined));
  for (const phone of city.phones) await phone.startShift();
});
afterEach(() => city.close());

/** Time passes; what phones asked meanwhile. */
async function during(ms: number): Promise<Trace> {
  const from = city.now();
  for (let left = ms; left > 0; left -= 500) await city.pass(500);
  return cut(city.trace(), from, city.now());
}

describe('phones of a city', () => {
  it('ask in a minute what the bench of a city asks for them, and nothing else', async () => {
    await during(2 * minute);
    for (const phone of city.phones) await phone.present(await city.code());
    const ordinary = perPhone(await during(minute));
    for (const kind of ['root', 'bundle', 'upload'] as const)
      expect([kind, ordinary[kind]]).toEqual([kind, 1]);
    expect([ordinary.list, ordinary.delta]).toEqual([0, 0]);
    expect(ordinary.time).toBeLessThanOrEqual(1);
    expect(() => kindOf('/v1/something-new')).toThrow();
  });

  it('that were opened in the same second do not ask in the same second ever after', async () => {
    await during(minute);
    expect(fullestSecond(await during(minute), 'bundle')).toBeLessThanOrEqual(0.3);
  });

  it('fetch the day’s lists once each, spread over the minute after they are there', async () => {
    await during(6 * minute - city.now());
    const published = await during(minute + 1000);
    const { list } = perPhone(published);
    expect(list).toBe(3); // the demo has three issuers with one
    expect(fullestSecond(published, 'list')).toBeLessThanOrEqual(0.3);
    expect(perPhone(await during(minute)).list).toBe(0);
  });

  it('come back from ten minutes without a network one after the other, each with one upload', async () => {
    city.setOnline(false);
    for (const phone of city.phones) await phone.present(await city.code());
    for (let left = 10 * minute; left > 0; left -= 2000) await city.pass(2000);
    city.setOnline(true);
    const back = await during(minute);
    for (const kind of ['bundle', 'time', 'upload'] as const)
      expect(perPhone(back)[kind]).toBeGreaterThanOrEqual(1);
    expect(perPhone(back).upload).toBeLessThan(2);
    expect(fullestSecond(back)).toBeLessThanOrEqual(0.35);
    expect(city.phones.map((phone) => phone.state()?.sync.unsynced)).toEqual(
      city.phones.map(() => 0),
    );
  });
});

describe('the minute of a few phones as that of many gates', () => {
  const minute: Trace = {
    phones: 4,
    asked: [0, 1, 2, 3].flatMap((phone) =>
      (['bundle', 'list', 'list', 'upload'] as const).map((kind, i) => ({
        ...{ phone, atMs: phone * 15_000 + i, kind, isConditional: true, entries: 5, status: 200 },
      })),
    ),
  };
  const gates = Array.from({ length: 400 }, (_, i) => ({
    ...{ device: `d${i}`, gate: `g${i}`, head: emptyHead, key: {} as TestKey },
  }));

  it('has each gate ask what its phone asked, one list of several, over all of the minute', () => {
    const due = schedule({ minute, gates, scale: 1, seed: 1, isCommon: false });
    expect(due).toHaveLength(400 * 3);
    expect(due.filter(({ asked }) => asked.kind === 'list')).toHaveLength(400);
    const seconds = new Set(due.map(({ atMs }) => Math.floor(atMs / 1000)));
    expect(seconds.size).toBe(60);
    expect(due.at(-1)?.atMs).toBeLessThan(60_000);
  });

  it('keeps to the moments of the phones where something has set them for all', () => {
    const together = { ...minute, asked: minute.asked.map((one) => ({ ...one, atMs: 0 })) };
    const due = schedule({ minute: together, gates, scale: 1, seed: 1, isCommon: true });
    expect(due.at(-1)?.atMs).toBeLessThan(15_000);
  });

  it('takes a part of the time when the day goes by faster, in the same order for every gate', () => {
    const due = schedule({ minute, gates, scale: 4, seed: 1, isCommon: true });
    expect(due.at(-1)?.atMs).toBeLessThan(15_100);
    const first = due.filter(({ gate }) => gate.device === 'd0').map(({ asked }) => asked.kind);
    expect(first).toEqual(['bundle', 'list', 'upload']);
  });
});
