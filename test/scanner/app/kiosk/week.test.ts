import { expect, it } from 'vitest';
import { nothingWrong, runWeek } from '../../../support/kiosk-week/week.ts';

it('stands for a week by itself, robbed of power, camera, network, disk and clock: nothing lost, no false green, idle at the end', async () => {
  const week = await runWeek({ seed: 1, days: 7, people: 36 });
  expect(week.wrong).toEqual(nothingWrong);
  expect(week.screen).toEqual({
    ...{ card: undefined, trouble: undefined, kiosk: 'front' },
    ...{ onShift: true, unsynced: 0, camera: 'live' },
  });
  // a scan on no screen is one whose power went before it was shown
  expect(week.unseen).toBeLessThanOrEqual(week.cuts);
  expect(week.admitted - week.passes).toBeLessThanOrEqual(week.unseen);
  expect(week.admitted + week.refused).toBe(week.scans);
  // and all of it has happened
  expect(Math.min(...Object.values(week.faults))).toBeGreaterThan(1);
  expect(week.passes).toBeGreaterThan(80);
  expect(week.refused).toBeGreaterThan(30);
  expect(week.shifts).toBeGreaterThanOrEqual(8);
  expect(week.purged).toBeGreaterThan(0);
}, 600_000); // ten seconds where nothing else runs
