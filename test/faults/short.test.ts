import { describe, expect, it } from 'vitest';
import { runFaults } from './harness.ts';
import { type DatabaseKind, hasPostgres } from './hub-process.ts';

const databases: DatabaseKind[] = hasPostgres() ? ['pglite', 'postgres'] : ['pglite'];

describe('a short run of everything going wrong', () => {
  it.each(databases)(
    'loses, doubles, hides and passes nothing it should not, on %s',
    async (database) => {
      const result = await runFaults({ seed: 7, scans: 400, faults: 60, devices: 3, database });
      const { trouble, strange } = result;
      const wrong = Object.entries(result.wrong).filter(([, n]) => n !== 0);
      expect({ trouble, strange, wrong }).toEqual({ trouble: undefined, strange: [], wrong: [] });
      expect(result.faultTotal).toBeGreaterThanOrEqual(50);
      expect(result.passes).toBeGreaterThan(30); // how many depends on how long the hub lay dead
      expect(result.purged).toBeGreaterThan(0);
    },
    300_000,
  );
});
