import { expect, it } from 'vitest';
import { monotonicMillis } from '../../../../src/core/units.ts';
import { createTimings } from '../../../../src/scanner/app/phone/timings.ts';
import { createAppStore } from '../../../../src/scanner/app/store.ts';

let now = 0;
const monotonic = () => monotonicMillis(now);

it('tells the middle of the last twenty', () => {
  const timings = createTimings(createAppStore(false, true), monotonic);
  expect(timings.median('write')).toBeUndefined();
  for (const ms of [9000, ...Array(10).fill(7.6), ...Array(10).fill(3)]) {
    const done = timings.begin('write');
    now += ms;
    done();
  }
  expect(timings.median('write')).toBe(8);
  expect(timings.median('verdict')).toBeUndefined();
});

it('times the camera from the asking to the picture, and no refusal', () => {
  const store = createAppStore(false, true);
  const timings = createTimings(store, monotonic);
  store.setState({ camera: { kind: 'starting' } });
  now += 300;
  store.setState({ camera: { kind: 'problem', problem: 'denied' } });
  now += 5000;
  store.setState({ camera: { kind: 'live', torch: false, lenses: 1 } });
  expect(timings.median('camera')).toBeUndefined();
  store.setState({ camera: { kind: 'starting' } });
  now += 640;
  store.setState({ camera: { kind: 'live', torch: false, lenses: 1 } });
  store.setState({ camera: { kind: 'live', torch: true, lenses: 1 } });
  expect(timings.median('camera')).toBe(640);
});
