import { toBase64url } from '../../core/base64url.ts';
import { sha256Hex } from '../../core/bytes.ts';
import type { Bytes, EpochMillis } from '../../core/units.ts';
import type { Queries } from '../../node/database.ts';
import type { FlowSecrets } from './identity-provider.ts';

/** Milliseconds from going to the provider to coming back. */
export const flowMs = 10 * 60_000;

/** Begins one; the token stays in the browser that began it, and only its hash here. */
export async function beginFlow(
  sql: Queries,
  random: (length: number) => Bytes,
  now: EpochMillis,
): Promise<{ readonly token: string; readonly flow: FlowSecrets }> {
  const [token = '', state = '', nonce = '', verifier = ''] = Array.from({ length: 4 }, () =>
    toBase64url(random(32)),
  );
  await sql.query(
    `insert into sign_in_flows (flow_sha256, state, nonce, verifier, expires_at)
     values ($1, $2, $3, $4, $5)`,
    [await sha256Hex(token), state, nonce, verifier, now + flowMs],
  );
  return { token, flow: { state, nonce, verifier } };
}

/** Takes it, once: an answer that is replayed, or that another browser brings, finds none. */
export async function takeFlow(
  sql: Queries,
  token: string,
  now: EpochMillis,
): Promise<FlowSecrets | undefined> {
  const [row] = await sql.query<FlowSecrets>(
    `update sign_in_flows set used_at = $2 where flow_sha256 = $1 and used_at is null
       and expires_at > $2 returning state, nonce, verifier`,
    [await sha256Hex(token), now],
  );
  return row;
}
