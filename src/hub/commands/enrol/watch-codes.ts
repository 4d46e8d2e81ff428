import { calculateJwkThumbprint } from 'jose';
import { sixDigits, spaced } from '../../../core/enrol/fingerprint.ts';
import type { EpochMillis } from '../../../core/units.ts';
import type { Queries } from '../../../node/database.ts';
import { codeUses } from '../../store/devices.ts';
import type { Watch } from '../command.ts';
import { line } from '../print.ts';

const lookEveryMs = 1000;

/** A code that is out, by its hash. */
export interface OutCode {
  readonly sha256: string;
  readonly gate: string;
}

/** Says each phone's gate and six digits as it uses its code, until all are used or over; how many were. */
export async function watchCodes(
  sql: Queries,
  { tell, pause, clock }: Watch,
  codes: readonly OutCode[],
  expiresAt: EpochMillis,
): Promise<number> {
  const waiting = new Map(codes.map(({ sha256, gate }) => [sha256, gate]));
  for (;;) {
    const isOver = clock() >= expiresAt;
    for (const { sha256, jwk } of await codeUses(sql, [...waiting.keys()])) {
      const digits = jwk && spaced(sixDigits(await calculateJwkThumbprint(jwk)));
      const gate = waiting.get(sha256) ?? '';
      tell([
        digits ? line(gate, 'enrolled, six digits', digits) : line(gate, 'was enrolled before'),
      ]);
      waiting.delete(sha256);
    }
    if (waiting.size === 0 || isOver) return codes.length - waiting.size;
    await pause(lookEveryMs);
  }
}
