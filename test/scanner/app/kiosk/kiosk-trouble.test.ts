import { describe, expect, it } from 'vitest';
import type { Bundle } from '../../../../src/core/trust/bundle.ts';
import type { TrustView } from '../../../../src/core/trust/view.ts';
import { type EpochSeconds, epochMillis, epochSeconds } from '../../../../src/core/units.ts';
import { isShiftOver } from '../../../../src/scanner/app/kiosk/kiosk-shift.ts';
import {
  isDeaf,
  type KioskScene,
  kioskRefusal,
  kioskTrouble,
} from '../../../../src/scanner/app/kiosk/kiosk-trouble.ts';

const at = epochMillis(Date.UTC(2026, 5, 1, 8));
const seconds = (ago: number): EpochSeconds => epochSeconds(at / 1000 - ago);
const gate = { id: 'g', name: '图书馆', venue: 'residential', region: 'CN-TJ' } as const;
const shift = { id: 's', operator: 'x', startedAt: at };
type Rule = Bundle['venueRules'][number];
const rule = {
  ...{ venue: 'residential', mode: 'required', temperature: 'none', limitC: 37.3 },
  ...{ levels: {}, notice: 'check' },
} as unknown as Rule;

function trust(change: Partial<Rule> = {}, more: Partial<TrustView> = {}): TrustView {
  const bundle = { venueRules: [{ ...rule, ...change }], minimumApp: '0.1.0' };
  const lists = new Map([['CN-TJ', { iat: seconds(3600) }]]);
  return { bundle, outdated: false, exp: seconds(-3600), lists, ...more } as unknown as TrustView;
}

const good: KioskScene = {
  plan: { camera: 'front' },
  state: { gate, shift, camera: { kind: 'live', torch: false, lenses: 1 } },
  now: { at, quality: 'synced' },
  trust: trust(),
  app: '0.1.0',
  darkMs: 0,
};
const than = (change: Partial<KioskScene>) => kioskTrouble({ ...good, ...change });
const state = (change: Partial<KioskScene['state']>) => ({ state: { ...good.state, ...change } });
const oldList = new Map([
  ['CN-TJ', { iat: seconds(48 * 3600 + 1) }],
]) as unknown as TrustView['lists'];

describe('a kiosk lets nobody in', () => {
  it.each<[string, ReturnType<typeof kioskTrouble>, Partial<KioskScene>]>([
    ['unless all is well', undefined, {}],
    ['while the log cannot be written', 'storage', state({ storageFault: 'storage-quota' })],
    ['before its shift has begun', 'starting', { state: { gate, camera: good.state.camera } }],
    ['on a break', 'starting', state({ shift: { ...shift, pausedAt: at } })],
    ['without rules', 'rules', { trust: undefined }],
    ['by rules that are over', 'rules', { trust: trust({}, { exp: seconds(0) }) }],
    ['by rules for a newer app', 'rules', { app: '0.0.9' }],
    ['by a bundle it cannot read', 'rules', { trust: trust({}, { outdated: true }) }],
    ['by a clock that is not sure', 'clock', { now: { at, quality: 'unconfirmed' } }],
    ['by one that is wrong', 'clock', { now: { at, quality: 'bad' } }],
    ['while it waits', 'clock', { now: { at, quality: 'synced', waiting: true } }],
    ['by a list of over two days', 'list', { trust: trust({}, { lists: oldList }) }],
    [
      'where a newer one is out of reach',
      'list',
      { now: { at, quality: 'held', listsTooOld: true } },
    ],
    ['where a person measures', 'temperature', { trust: trust({ temperature: 'confirm' }) }],
    [
      'where all are measured, and nobody said so',
      'temperature',
      { trust: trust({ temperature: 'exception' }) },
    ],
    ['where a person decides', 'original-way', { trust: trust({ mode: 'original-way' }) }],
    ['where no rule fits', 'original-way', { trust: trust({ venue: 'mall' }) }],
    ['without a camera', 'camera', state({ camera: { kind: 'problem', problem: 'denied' } })],
    ['with one that shows nothing', 'camera', { darkMs: 20_001 }],
  ])('%s', (_, trouble, change) => {
    expect(than(change)).toBe(trouble);
  });

  it('needs no camera with a hardware scanner, and tells of one that is set up wrongly', () => {
    const plan = { plan: { camera: 'none' } } as const;
    const dark = state({ camera: { kind: 'off' } });
    expect(than({ ...plan, ...dark, darkMs: 1e9 })).toBeUndefined();
    expect(than({ ...plan, ...state({ wedgeTrouble: 'wrong-case' }) })).toBe('scanner');
  });

  it('hears a scanner beside a dead camera, and nothing in any other trouble', () => {
    const troubles = [
      'camera',
      'scanner',
      'storage',
      'clock',
      'list',
      'rules',
      'starting',
      'temperature',
    ] as const;
    expect(troubles.filter((one) => !isDeaf(one))).toEqual(['camera', 'scanner']);
  });
});

it('is refused where nobody could pass, and taken where all are measured before or the code is advice', () => {
  const refused = (change: Partial<Rule>, plan = {}) => kioskRefusal(trust(change), gate, plan);
  expect(refused({ temperature: 'measure' })).toBe('temperature');
  expect(refused({ temperature: 'exception' }, { scannedWith: 'thermal-camera' })).toBeUndefined();
  expect(refused({ temperature: 'confirm' }, { scannedWith: 'thermal-camera' })).toBe(
    'temperature',
  );
  expect(refused({ temperature: 'measure', mode: 'advisory' })).toBeUndefined();
  expect(refused({ outdated: true })).toBe('original-way');
});

describe('its shift', () => {
  const local = (day: number, hour: number, minute = 0) =>
    epochMillis(new Date(2026, 5, day, hour, minute).getTime());
  it.each([
    ['goes on all day', local(1, 5), local(1, 23, 59), false],
    ['is over at four in the night', local(1, 5), local(2, 4), true],
    ['not a minute before', local(1, 5), local(2, 3, 59), false],
    ['that began in the night is over at four as well', local(2, 1), local(2, 4, 1), true],
    ['that began at four is not', local(2, 4), local(2, 4, 1), false],
    ['is over after a day, whatever the hour', local(2, 4, 1), local(3, 4, 1), true],
  ])('%s', (_, from, now, isOver) => {
    expect(isShiftOver(from, now)).toBe(isOver);
  });
});
