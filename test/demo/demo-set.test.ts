import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { peekBundle, readFolder } from '../../src/authority/trust-folder.ts';
import { acceptTrust, noMarks, type TrustMarks } from '../../src/core/trust/accept.ts';
import { epochSeconds } from '../../src/core/units.ts';
import { isDemoSetOld, renewDemoSet } from '../../src/demo/demo-set.ts';

const kept = 'CN-TJ';
const hourS = 3600;
const begin = epochSeconds(Date.UTC(2026, 5, 1, 2) / 1000);
let dir: string;
let marks: TrustMarks = noMarks;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'kakou-demo-set-'));
});
afterAll(() => rmSync(dir, { recursive: true }));

const at = (hours: number) => epochSeconds(begin + hours * hourS);
const isOld = (hours: number) => isDemoSetOld(dir, at(hours), kept);
const renew = (hours: number) => renewDemoSet(dir, at(hours), kept);

/** What a phone that had the set before says of the one that lies there; and its pins. */
async function taken(hours: number) {
  const { roots, bundle, lists } = await readFolder(dir);
  const [pinnedRoot] = roots;
  if (!pinnedRoot || !bundle) throw new Error('nothing is published');
  const accepted = await acceptTrust({ pinnedRoot, roots: [], bundle, lists }, marks, at(hours));
  if (!accepted.ok) return accepted.error;
  marks = accepted.value.marks;
  const pin = (id: string) => peekBundle(bundle)?.issuers.find((one) => one.id === id)?.list;
  return { kept: pin(kept), other: pin('CN-HE') };
}

it('a demo’s set is renewed by the day, with the list that a service keeps as it is', async () => {
  expect(await isOld(0)).toBe(true); // there is none
  await renew(0);
  const first = await taken(0);
  expect(await isOld(1)).toBe(false);
  expect(await isOld(22)).toBe(true); // another day (UTC)
  await renew(22);
  const second = await taken(22);
  expect(second).toMatchObject({ kept: (first as { kept: object }).kept });
  expect(second).toMatchObject({ other: { day: '2026-06-02' } });
  expect(await isOld(23)).toBe(false);
});

it('started again in the same second, its number grows', async () => {
  const before = peekBundle((await readFolder(dir)).bundle ?? new Uint8Array())?.version ?? 0;
  await renew(22);
  const after = peekBundle((await readFolder(dir)).bundle ?? new Uint8Array())?.version ?? 0;
  expect(after).toBe(before + 1);
});

it('a list that is lost is made anew with the rest', async () => {
  rmSync(join(dir, 'v1', 'lists', kept), { recursive: true });
  await renew(48);
  expect(await taken(48)).toMatchObject({ kept: { day: '2026-06-03' } });
});
