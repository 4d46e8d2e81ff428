import { describe } from 'vitest';
import { otherEngines } from './other-engines.ts';
import { walk } from './walk.ts';

for (const { name, start, isHere, missing } of otherEngines)
  describe.skipIf(!isHere)(`a shift in ${name}${missing}`, () => walk(name, start));
