import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { epochMillis, epochSeconds, monotonicMillis, toSeconds } from '../../src/core/units.ts';
import { makeCity } from '../../src/demo/city/city.ts';
import { demoAuthority } from '../../src/demo/demo-authority.ts';
import { demoKeys } from '../../src/demo/demo-keys.ts';
import { type DemoPassRequest, demoPass } from '../../src/demo/demo-pass.ts';
import { demoRoutes } from '../../src/demo/demo-routes.ts';
import { createHub, type HubOptions } from '../../src/hub/app.ts';
import { listen } from '../../src/node/http/listen.ts';
import { openEmbedded } from './embedded.ts';

const built = join(import.meta.dirname, '..', '..', 'dist');

/** The hub with the built app on a free loopback port, its database in memory. */
export async function runHub(
  distDir = built,
  helpLine?: string,
  more: Partial<Pick<HubOptions, 'issuing' | 'authority'>> = {},
) {
  if (!existsSync(join(distDir, 'index.html'))) {
    throw new Error('The app is not built: run "npm run build" (npm test does).');
  }
  const wall = () => epochMillis(Date.now());
  const sql = await openEmbedded();
  const silent = { info: () => undefined, warn: () => undefined, error: console.error };
  const stopping = new AbortController();
  const app = createHub({
    authority: await demoAuthority({ now: () => toSeconds(wall()) }),
    sql,
    clock: { wall, monotonic: () => monotonicMillis(performance.now()) },
    random: (length) => crypto.getRandomValues(new Uint8Array(length)),
    log: silent,
    distDir,
    ...(helpLine !== undefined && { helpLine }),
    demo: demoRoutes(),
    makeCity,
    stopping: stopping.signal,
    ...more,
  });
  const { port, close } = await listen(app, { host: '127.0.0.1', port: 0 });
  return {
    url: `http://localhost:${port}/`,
    sql,
    async close() {
      stopping.abort();
      await close();
      await sql.close();
    },
  };
}

/** A demo pass stamped `ageS` seconds ago, with an id of its own. */
export async function freshPass(request: Partial<DemoPassRequest> = {}, ageS = 0): Promise<string> {
  const made = await demoPass(demoKeys(), {
    issuer: 'CN-TJ',
    state: 'g',
    kind: 'live',
    form: 'cwt',
    at: epochSeconds(Math.floor(Date.now() / 1000) - ageS),
    jti: crypto.getRandomValues(new Uint8Array(12)),
    ...request,
  });
  if (!made.ok) throw new Error(made.error);
  return made.value.text;
}
