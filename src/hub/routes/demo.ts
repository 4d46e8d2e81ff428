import { Hono } from 'hono';
import { toBase64url } from '../../core/base64url.ts';
import { sha256Hex } from '../../core/bytes.ts';
import { epochMillis, toSeconds } from '../../core/units.ts';
import { codeBytes, codeLifeMs } from '../enrolment.ts';
import type { Hub } from '../hub.ts';
import { addCode, type Gate } from '../store/devices.ts';

/** Where anybody may enrol at a demo hub. */
export const demoGate: Gate = {
  id: 'demo-gate',
  name: 'Kakou 演示卡口',
  venue: 'residential',
  region: 'CN-TJ',
};

/** Demo only: `POST /enrolment-code` → `{code, exp, gate}`, free for anybody to take. */
export function demoEnrolmentRoutes({ sql, clock, random }: Hub): Hono {
  return new Hono().post('/enrolment-code', async (context) => {
    const code = toBase64url(random(codeBytes));
    const now = clock.wall();
    const expiresAt = epochMillis(now + codeLifeMs);
    await addCode(sql, { sha256: await sha256Hex(code), gate: demoGate, expiresAt }, now);
    const answer = { code, exp: toSeconds(expiresAt), gate: demoGate };
    return context.json(answer, 201, { 'cache-control': 'no-store' });
  });
}
