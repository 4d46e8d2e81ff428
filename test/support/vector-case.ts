import { readFileSync } from 'node:fs';
import { epochSeconds } from '../../src/core/units.ts';
import type { VerifyContext } from '../../src/core/verify/pipeline.ts';
import { demoView } from './passes.ts';
import { contextWith, type VectorCase } from './vector-context.ts';

export type { VectorCase };

export const vectorFile = new URL('../vectors/passes.json', import.meta.url);
export const readVectors = (): VectorCase[] => JSON.parse(readFileSync(vectorFile, 'utf8'));

/** When a vector's trust set was signed. */
export const trustTime = (one: VectorCase) => epochSeconds(Number(one.trust.replace('demo@', '')));

export async function contextOf(one: VectorCase): Promise<VerifyContext> {
  return contextWith(one, await demoView(trustTime(one)));
}
