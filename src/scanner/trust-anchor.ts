/** What is trusted before anything was fetched: compiled in, and loaded with the engine that needs it. */
import rootFile from '../../keys/root.1.json?raw';
import { utf8 } from '../core/bytes.ts';

/** By which the demo keys are known again in a later root or bundle. */
declare const __DEMO_KEYS__: readonly string[];

export const trustAnchor = { pinnedRoot: utf8(rootFile), demoKeys: __DEMO_KEYS__ };
