import { describe, expect, it } from 'vitest';
import { epochMillis } from '../../../../src/core/units.ts';
import { selfCheck } from '../../../../src/scanner/app/phone/self-check.ts';
import { fakePhone as phone } from '../../../support/fakes/fake-phone.ts';
import { readyState } from '../../../support/gallery/states.ts';

const now = epochMillis(Date.now());
type Input = Parameters<typeof selfCheck>;
const untimed = () => undefined;
const check = (state: Input[0], of: Input[1], median: Input[3] = untimed) =>
  selfCheck(state, of, now, median);
const grades = async (...input: Parameters<typeof check>) =>
  Object.fromEntries((await check(...input)).map(({ name, grade }) => [name, grade]));

describe('the self-check', () => {
  it('finds nothing on a phone that is well', async () => {
    expect(new Set(Object.values(await grades(readyState, phone())))).toEqual(new Set(['good']));
  });

  it.each([
    ['camera', { camera: { kind: 'problem', problem: 'denied' } }, {}, 'bad'],
    ['decoder', {}, { decoder: async (): Promise<undefined> => undefined }, 'bad'],
    ['decoder', {}, { decoder: async () => ({ name: 'script', ms: 9 }) as const }, 'fair'],
    ['speed', {}, { decoder: async () => ({ name: 'wasm', ms: 401 }) as const }, 'fair'],
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
    const found = await grades({ ...readyState, ...state } as typeof readyState, phone(facts));
    expect(found[name]).toBe(grade);
  });

  it('tells what things took, and nothing of what was not done yet', async () => {
    const took = { camera: 812, verdict: 9, write: undefined };
    const lines = await check(readyState, phone(), (what) => took[what]);
    expect(lines.find(({ name }) => name === 'speed')).toEqual({
      name: 'speed',
      grade: 'good',
      detail: 'camera=812ms decode=12ms verdict=9ms',
    });
  });

  it.each(['camera', 'verdict', 'write'] as const)('finds a slow %s', async (slow) => {
    const found = await grades(readyState, phone(), (what) => (what === slow ? 5000 : 10));
    expect(found['speed']).toBe('fair');
  });

  it('says nothing about anybody: no gate, no guard, no id', async () => {
    const text = JSON.stringify(await check(readyState, phone()));
    for (const secret of ['海河', '王班长', 'demo-1', 's1']) expect(text).not.toContain(secret);
  });
});
