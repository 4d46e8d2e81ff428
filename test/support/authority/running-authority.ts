import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { createAuthority } from '../../../src/authority/app.ts';
import { signerOf } from '../../../src/authority/keys.ts';
import { columnCipher } from '../../../src/authority/privacy/column-cipher.ts';
import { newSecrets } from '../../../src/authority/privacy/secrets.ts';
import { publishList } from '../../../src/authority/publishing/publish-list.ts';
import { openSeat } from '../../../src/authority/publishing/seat.ts';
import { takeListOver } from '../../../src/authority/publishing/take-over.ts';
import { putRisks, putRulesInForce } from '../../../src/authority/standing/use-rules.ts';
import { demoIdentity } from '../../../src/authority/start/demo-identity.ts';
import { epochMillis, monotonicMillis, toSeconds } from '../../../src/core/units.ts';
import { demoDistricts } from '../../../src/demo/demo-districts.ts';
import { demoHealthRules } from '../../../src/demo/demo-health-rules.ts';
import { demoKeys } from '../../../src/demo/demo-keys.ts';
import { demoPublish } from '../../../src/demo/demo-set.ts';
import { listen } from '../../../src/node/http/listen.ts';
import { freePort } from '../free-port.ts';
import { randomBytes } from '../passes.ts';
import { openAuthority } from './databases.ts';

const built = join(import.meta.dirname, '..', '..', '..', 'dist', 'citizen');

/** The issuing side with the built page and the demo's provider on a free loopback port. */
export async function runAuthority(id: 'CN-TJ' | 'CN' = 'CN-TJ') {
  if (!existsSync(join(built, 'index.html'))) {
    throw new Error('The citizen’s page is not built: run "npm run build" (npm test does).');
  }
  const wall = () => epochMillis(Date.now());
  const clock = { wall, monotonic: () => monotonicMillis(performance.now()) };
  const sql = await openAuthority();
  const folder = mkdtempSync(join(tmpdir(), 'kakou-issuing-'));
  await demoPublish({ dir: folder, now: toSeconds(wall()), dryRun: false });
  const own = demoKeys().issuers[id];
  if (!own) throw new Error('no keys');
  const seat = openSeat(folder, id, Object.values(own));
  await takeListOver(sql, seat, folder, wall());
  const cipher = columnCipher(newSecrets(randomBytes), randomBytes);
  const needs = { sql, now: wall(), by: 'command-line' } as const;
  const risks = demoDistricts.flatMap(({ risk, ...one }) =>
    risk === 'unknown' ? [] : [{ ...one, risk }],
  );
  await putRisks(risks, needs);
  await putRulesInForce(demoHealthRules[id], needs);
  const lines: string[] = [];
  const log = pino({}, { write: (line: string) => lines.push(line) });
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const demo = demoIdentity({ publicUrl: origin, trustProxy: false }, randomBytes, wall);
  const app = createAuthority({
    ...{ sql, cipher, clock, random: randomBytes, log, seat, trustProxy: false },
    ...{ home: '/citizen/', provider: demo.provider, pageDir: built },
  });
  app.route('/demo/id', demo.app);
  const open = () => listen(app, { host: '127.0.0.1', port });
  let listening: Awaited<ReturnType<typeof open>> | undefined = await open();
  async function goAway(): Promise<void> {
    await listening?.close();
    listening = undefined;
  }
  const bundleSigners = await Promise.all(demoKeys().bundle.map(signerOf));
  return {
    ...{ origin, sql, cipher, clock, seat, folder, lines, app },
    publish: () => publishList({ sql, seat, folder, bundleSigners }, wall()),
    /** What is published, kept when this is closed; whoever asks deletes it. */
    async copyFolder() {
      const copy = mkdtempSync(join(tmpdir(), 'kakou-issuing-'));
      cpSync(folder, copy, { recursive: true });
      return copy;
    },
    /** Nothing answers at its address until it is back. */
    goAway,
    async comeBack() {
      listening ??= await open();
    },
    async close() {
      await goAway();
      rmSync(folder, { recursive: true });
      await sql.close();
    },
  };
}
