import { describe } from 'vitest';
import { startChromium } from './chromium.ts';
import { walk } from './walk.ts';

describe('a shift in Chromium', () => walk('Chromium', startChromium));
