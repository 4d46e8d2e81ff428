import type { Authority } from '../../authority/publisher.ts';
import { sha256Hex } from '../../core/bytes.ts';
import { readJson } from '../../core/json.ts';
import { holdsKey, keyMarks } from '../../core/trust/demo-keys.ts';
import { peekSignedFile } from '../../core/trust/signed-file.ts';
import { type Bytes, type EpochMillis, toSeconds } from '../../core/units.ts';
import { demoKeys } from '../../demo/demo-keys.ts';
import { CommandError } from '../../node/command-error.ts';
import type { Sql } from '../../node/database.ts';
import { isLoopback } from '../../node/http/loopback.ts';
import { demoGate } from '../routes/demo.ts';
import { listDevices, revokeDevice } from '../store/devices.ts';
import { addRoot, isEmpty, keptRoots } from '../store/kept-root.ts';
import type { Environment, Options } from './options.ts';

/**
 * Without `--trust` a demo hub is begun only when `--demo` asks for one, or for trying: on the
 * loopback, no proxy in front, not in production, the database new or a demo's. Forgetting `--trust`
 * must not let anybody's passes in.
 */
export async function refuseStrayDemo(
  { authority, demo, host, trustProxy }: Options,
  sql: Sql,
  env: Environment,
): Promise<void> {
  if (authority || demo) return;
  const isForTrying = isLoopback(host) && !trustProxy && env['NODE_ENV'] !== 'production';
  const kept = await keptRoots(sql);
  const isNew = kept.length === 0 && (await isEmpty(sql));
  if (isForTrying && (isNew || kept.some((root) => root.demo))) return;
  throw new CommandError(
    'whose hub is this? (authority-missing) Name its authority with --trust DIR --hub-keys FILE; a ' +
      'demo hub, whose keys everybody has, needs --demo',
  );
}

/**
 * Writes the authority's root into the database at its first start, and refuses another one ever
 * after: what enrolled with one authority's hub, a demo's above all, is not trusted by another's. A
 * real authority's files hold no demo key. Returns how many of a demo's devices were found in a
 * database from before roots were written down, and revoked.
 */
export async function claimDatabase(
  authority: Authority,
  sql: Sql,
  now: EpochMillis,
): Promise<number> {
  const root = authority.root(1);
  if (!root) throw new CommandError('the authority has no root 1 (root-missing)');
  await refuseDemoKeys(authority, root, now);
  const { demo } = authority;
  const sha256 = await sha256Hex(root);
  const isFirst = (await keptRoots(sql)).length === 0;
  if (isFirst) await addRoot(sql, { sha256, demo });
  const other = (await keptRoots(sql)).find((kept) => kept.sha256 !== sha256);
  if (!other) return isFirst && !demo ? revokeDemoDevices(sql, now) : 0;
  const whose = other.demo ? 'a demo hub' : 'the hub of another authority (another root 1)';
  throw new CommandError(
    `this database is that of ${whose} (other-root): its devices and logs are not this one's. Use ` +
      'another database (DATABASE_URL or --data) and enrol the phones there',
  );
}

async function refuseDemoKeys(authority: Authority, root: Bytes, now: EpochMillis): Promise<void> {
  const marks = keyMarks(demoKeys());
  const bundle = await authority.bundle(toSeconds(now));
  const holdsDemo = [root, bundle].map((file) => {
    const payload = peekSignedFile(file, file.length);
    return holdsKey(payload.ok ? payload.value : readJson(file), marks);
  });
  if (authority.demo && !holdsDemo[0]) {
    throw new CommandError(
      'keys/root.1.json is not the demo root (no-demo-root): a demo hub cannot serve it; use --trust',
    );
  }
  if (!authority.demo && holdsDemo.includes(true)) {
    throw new CommandError(
      'the root or the bundle holds a demo key (demo-key), whose private half everybody has: replace ' +
        'it with npm run keys, publish, and start again',
    );
  }
}

async function revokeDemoDevices(sql: Sql, now: EpochMillis): Promise<number> {
  const devices = await listDevices(sql);
  const trusted = devices.filter(
    ({ gate, revokedAt }) => gate.id === demoGate.id && revokedAt === undefined,
  );
  for (const { id } of trusted) await revokeDevice(sql, id, now);
  return trusted.length;
}
