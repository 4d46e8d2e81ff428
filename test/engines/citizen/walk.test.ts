import { describe } from 'vitest';
import { startChromium } from '../chromium.ts';
import { otherEngines } from '../other-engines.ts';
import { citizenWalk } from './walk.ts';

describe('a citizen in Chromium', () => citizenWalk('Chromium', startChromium));

for (const { name, start, isHere, missing } of otherEngines)
  describe.skipIf(!isHere)(`a citizen in ${name}${missing}`, () => citizenWalk(name, start));
