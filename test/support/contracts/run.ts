import { describe, test } from 'vitest';
import type { Contract } from './contract.ts';

/** Runs every promise of a contract on a fresh subject. */
export function holds<Subject>(name: string, contract: Contract<Subject>, make: () => Subject) {
  describe(name, () => {
    for (const [promise, check] of Object.entries(contract)) test(promise, () => check(make()));
  });
}
