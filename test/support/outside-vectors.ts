import { existsSync, readFileSync } from 'node:fs';
import { test } from 'vitest';

const folder = new URL('../../../shared/vectors/', import.meta.url);

/** Vectors of others lie beside the project and are no part of it. */
const hasOutsideVectors = existsSync(folder);

export const outsideVectors = <T>(name: string): T =>
  JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as T;

/** Defines `tests` when the vectors are there, else one that counts as skipped and says what was not checked. */
export function withOutsideVectors(what: string, tests: () => void): void {
  if (hasOutsideVectors) tests();
  else test.skip(`NOT CHECKED, the folder ../shared/vectors is missing: ${what}`, () => undefined);
}
