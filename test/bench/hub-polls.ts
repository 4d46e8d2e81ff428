import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listening, startProgram } from '../support/hub-program.ts';
import { cpuMs } from './cpu-of.ts';

const times = 1600;
const workers = 8;

/** What phones ask every minute besides uploading: milliseconds of the hub's CPU for each. */
export async function polls(): Promise<Readonly<Record<string, number>>> {
  const folder = mkdtempSync(join(tmpdir(), 'kakou-bench-'));
  const hub = startProgram(['--demo', '--no-app', '--port', '0', '--data', folder], '', []);
  const origin = `http://127.0.0.1:${await listening(hub)}`;
  const used = () => cpuMs(hub.child.pid ?? 0);
  const etag = (await fetch(`${origin}/v1/bundle`)).headers.get('etag') ?? '';
  const asked: Readonly<Record<string, [path: string, status: number, init: RequestInit]>> = {
    'bundle, not changed': ['/v1/bundle', 304, { headers: { 'if-none-match': etag } }],
    'next root, there is none': ['/v1/root/2', 404, {}],
    time: ['/v1/time', 200, { method: 'POST', body: '{"nonce":"AAAAAAAAAAAAAAAAAAAAAA"}' }],
  };
  const found: Record<string, number> = {};
  for (const [what, [path, status, init]] of Object.entries(asked)) {
    const before = used();
    const worker = async () => {
      for (let i = 0; i < times / workers; i++) {
        const answer = await fetch(origin + path, init);
        await answer.arrayBuffer();
        if (answer.status !== status) throw new Error(`${path}: ${answer.status}`);
      }
    };
    await Promise.all(Array.from({ length: workers }, worker));
    found[what] = Math.round(((used() - before) / times) * 100) / 100;
  }
  hub.child.kill();
  await hub.ended;
  rmSync(folder, { recursive: true });
  return found;
}
