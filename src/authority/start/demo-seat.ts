import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Bytes, EpochMillis } from '../../core/units.ts';
import { toSeconds } from '../../core/units.ts';
import { demoDistricts } from '../../demo/demo-districts.ts';
import { demoHealthRules } from '../../demo/demo-health-rules.ts';
import { demoKeys } from '../../demo/demo-keys.ts';
import { demoPassIndex } from '../../demo/demo-pass.ts';
import { isDemoSetOld, renewDemoSet } from '../../demo/demo-set.ts';
import { CommandError } from '../../node/command-error.ts';
import type { Sql } from '../../node/database.ts';
import { describeError } from '../../node/http/describe-error.ts';
import type { Issuing } from '../authority.ts';
import { signerOf } from '../keys.ts';
import { openSeat } from '../publishing/seat.ts';
import { putRisks, putRulesInForce } from '../standing/use-rules.ts';
import { rulesInForce } from '../store/rule-sets.ts';
import type { OpenedSeat } from './real-seat.ts';
import { makeSecrets } from './secrets-file.ts';

const issuer = 'CN-TJ';
const lookEveryMs = 60_000;

/**
 * Everything a demo needs that a real authority is given: keys, trust files, secrets. A set that is
 * there goes on: what it revokes stays revoked over a start.
 */
export async function openDemoSeat(
  data: string,
  secrets: string,
  random: (length: number) => Bytes,
  now: EpochMillis,
): Promise<OpenedSeat> {
  const folder = join(resolve(data), 'trust');
  await mkdir(folder, { recursive: true });
  if (!existsSync(secrets)) makeSecrets(secrets, random);
  await renewDemoSet(folder, toSeconds(now), issuer);
  const own = demoKeys().issuers[issuer];
  if (!own) throw new CommandError('the demo keys have no issuer');
  const seat = openSeat(folder, issuer, Object.values(own));
  const bundleSigners = await Promise.all(demoKeys().bundle.map(signerOf));
  return { seat, folder, publishing: { seat, folder, bundleSigners, hours: 72 } };
}

/** The lists of the demo's other issuers are signed anew each day, as long as it runs. */
export function keepDemoSet(
  folder: string,
  now: () => EpochMillis,
  log: Issuing['log'],
): () => void {
  async function look(): Promise<void> {
    if (await isDemoSetOld(folder, toSeconds(now()), issuer))
      await renewDemoSet(folder, toSeconds(now()), issuer);
  }
  const timer = setInterval(() => {
    // the service may be writing: then at the next look
    look().catch((error: Error) =>
      log.warn({ error: describeError(error) }, 'demo set not renewed'),
    );
  }, lookEveryMs);
  return () => clearInterval(timer);
}

/** The demo's first rules and risks, where there are none yet. A real authority brings its own. */
export async function firstDemoRules(sql: Sql, now: EpochMillis): Promise<void> {
  if (await rulesInForce(sql)) return;
  const needs = { sql, now, by: 'command-line' } as const;
  const known = demoDistricts.flatMap(({ code, risk, since }) =>
    risk === 'unknown' ? [] : [{ code, risk, since }],
  );
  await putRisks(known, needs);
  await putRulesInForce(demoHealthRules[issuer], needs);
  // the made-up passes of `/demo/` and `npm run issue` all have it: nobody's code may share their fate
  await sql.query(
    `insert into status_indices (idx, kind, state, expires_at) values ($1, 'paper', '', $2)
     on conflict do nothing`,
    [demoPassIndex, Number.MAX_SAFE_INTEGER],
  );
}
