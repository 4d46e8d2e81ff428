import { describe, expect, it } from 'vitest';
import { runFaults } from './harness.ts';
import { type DatabaseKind, hasPostgres } from './hub-process.ts';

const nothingWrong = {
  falsePass: 0,
  shownNotLogged: 0,
  passWithoutEntry: 0,
  brokenChains: 0,
  hubDiffers: 0,
  quarantined: 0,
  hubLogsBroken: 0,
  unreceipted: 0,
};
const databases: DatabaseKind[] = hasPostgres() ? ['pglite', 'postgres'] : ['pglite'];

describe('a short run of everything going wrong', () => {
  it.each(databases)(
    'loses, doubles, hides and passes nothing it should not, on %s',
    async (database) => {
      const run = { seed: 7, scans: 400, faults: 60, devices: 3, database };
      const result = await runFaults(run);
      expect(result.wrong).toEqual(nothingWrong);
      expect(result.faultTotal).toBeGreaterThanOrEqual(60);
      expect(result.passes).toBeGreaterThan(30); // how many depends on how long the hub lay dead
    },
    180_000,
  );
});
