import { createHash } from 'node:crypto';
import type { BatchTools } from '../../core/log/batch.ts';

/** What opening a batch takes, by this host: several times as fast as what every browser has. */
export const batchTools: BatchTools = {
  hashOf: (prev, text) => createHash('sha256').update(prev, 'hex').update(text).digest('hex'),
  decode(text) {
    const bytes = Buffer.from(text, 'base64url');
    // the one spelling: what the driver skips or takes besides comes out otherwise
    return bytes.toString('base64url') === text ? bytes : undefined;
  },
};
