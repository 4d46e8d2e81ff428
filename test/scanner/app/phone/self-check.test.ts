import { describe, expect, it } from 'vitest';
import { epochMillis } from '../../../../src/core/units.ts';
import { selfCheck } from '../../../../src/scanner/app/phone/self-check.ts';
import { fakePhone as phone } from '../../../support/fakes/fake-phone.ts';
import { readyState } from '../../../support/gallery/states.ts';

const now = epochMillis(Date.now());
const grades = async (...input: Parameters<typeof selfCheck>) =>
  Object.fromEntries((await selfCheck(...input)).map(({ name, grade }) => [name, grade]));

describe('the self-check', () => {
  it('finds nothing on a phone that is well', async () => {
    expect(new Set(Object.values(await grades(readyState, phone(), now)))).toEqual(
      new Set(['good']),
    );
  });

  it.each([
    ['camera', { camera: { kind: 'problem', problem: 'denied' } }, {}, 'bad'],
    ['decoder', {}, { decoder: async (): Promise<undefined> => undefined }, 'bad'],
    ['decoder', {}, { decoder: async (): Promise<'script'> => 'script' }, 'fair'],
    ['clock', { clock: 'bad' }, {}, 'bad'],
    ['keys', { trust: {} }, {}, 'bad'],
    ['keys', { trust: { bundle: 1, exp: now } }, {}, 'bad'],
    ['list', { trust: { listAt: now - 49 * 3_600_000 } }, {}, 'bad'],
    ['storage', { storageFault: 'storage-closed' }, {}, 'bad'],
    ['storage', {}, { storage: async () => ({ persisted: false }) }, 'fair'],
    [
      'storage',
      {},
      { storage: async () => ({ persisted: true, usedBytes: 9, quotaBytes: 10 }) },
      'bad',
    ],
    ['sound', {}, { soundWorks: () => false }, 'fair'],
    ['screen', {}, { awake: (): 'unsupported' => 'unsupported' }, 'fair'],
    ['screen', {}, { awake: (): 'refused' => 'refused' }, 'fair'],
    ['offline', {}, { worksOffline: async (): Promise<'no'> => 'no' }, 'bad'],
    ['offline', {}, { worksOffline: async (): Promise<'soon'> => 'soon' }, 'fair'],
    ['hub', { online: false }, {}, 'fair'],
    ['hub', { unreached: 'no-answer' }, {}, 'fair'],
    ['hub', { sync: { unsynced: 3, busy: false, problem: 'refused' } }, {}, 'bad'],
    ['upload', { sync: { unsynced: 3, busy: false, problem: 'fork' } }, {}, 'bad'],
    ['upload', { sync: { unsynced: 3, busy: false, problem: 'refused' } }, {}, 'bad'],
  ] as const)('names trouble with the %s', async (name, state, facts, grade) => {
    const found = await grades({ ...readyState, ...state } as typeof readyState, phone(facts), now);
    expect(found[name]).toBe(grade);
  });

  it('says nothing about anybody: no gate, no guard, no id', async () => {
    const text = JSON.stringify(await selfCheck(readyState, phone(), now));
    for (const secret of ['海河', '王班长', 'demo-1', 's1']) expect(text).not.toContain(secret);
  });
});
