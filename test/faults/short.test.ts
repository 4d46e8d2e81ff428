import { describe, expect, it } from 'vitest';
import { runFaults } from './harness.ts';
import { type DatabaseKind, hasPostgres } from './hub-process.ts';

const databases: DatabaseKind[] = hasPostgres() ? ['pglite', 'postgres'] : ['pglite'];

describe('a short run of everything going wrong', () => {
  it.concurrent.each(databases)(
    'loses, doubles, hides and passes nothing it should not, on %s',
    async (database) => {
      const result = await runFaults({ seed: 7, scans: 300, faults: 40, devices: 3, database });
      const { trouble, strange } = result;
      const wrong = Object.entries(result.wrong).filter(([, n]) => n !== 0);
      expect({ trouble, strange, wrong }).toEqual({ trouble: undefined, strange: [], wrong: [] });
      expect(result.faultTotal).toBeGreaterThanOrEqual(40);
      expect(result.passes).toBeGreaterThan(30); // how many depends on how long the hub lay dead
      expect(result.purged).toBeGreaterThan(0);
    },
    600_000, // most of it waiting for hubs to start again, on a busy machine
  );
});
