import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TLSSocket } from 'node:tls';
import { expect, it, vi } from 'vitest';
import { lanAddresses } from '../../src/hub/start/self-signed/addresses.ts';
import { prepareData } from '../support/built-hub.ts';
import { type HubProgram, listening, startProgram } from '../support/hub-program.ts';

/** The fingerprints the hub prints, in two lines each: of its certificate, and of its authority. */
async function printed(run: HubProgram): Promise<string[]> {
  await vi.waitFor(() => expect(run.said()).toMatch(/on a phone/), 60_000);
  const halves = run.said().match(/(?:[0-9A-F]{2}:){15}[0-9A-F]{2}(?=:?$)/gm) ?? [];
  return [halves.slice(0, 2).join(':'), halves.slice(2, 4).join(':')];
}

interface Seen {
  readonly fingerprint: string;
  readonly authorized: boolean;
  readonly status: number | undefined;
  readonly type: string | undefined;
  readonly body: Buffer;
}

const get = (host: string, port: number, path: string, ca?: string): Promise<Seen> =>
  new Promise((resolve, reject) => {
    const trust = ca === undefined ? { rejectUnauthorized: false } : { ca };
    request({ host, port, path, agent: false, ...trust }, (answer) => {
      const socket = answer.socket as TLSSocket;
      const { fingerprint256: fingerprint } = socket.getPeerCertificate();
      const { authorized } = socket;
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('end', () =>
        resolve({
          ...{ fingerprint, authorized, status: answer.statusCode },
          ...{ type: answer.headers['content-type'], body: Buffer.concat(parts) },
        }),
      );
    })
      .once('error', reject)
      .end();
  });

it('serves https on the network with the certificate it prints, the same one after a second start', async () => {
  const data = mkdtempSync(join(tmpdir(), 'kakou-lan-'));
  await prepareData(data);
  const args = ['--lan', '--self-signed', '--no-app', '--port', '0', '--demo', '--data', data];
  const hosts = ['127.0.0.1', ...lanAddresses().v4.slice(0, 1)];
  const first = startProgram(args);
  const port = await listening(first);
  const [fingerprint, authority] = await printed(first);
  for (const host of hosts) {
    const seen = await get(host, port, '/v1/bundle');
    expect(seen).toMatchObject({ status: 200, fingerprint });
  }
  const file = await get('127.0.0.1', port, '/kakou.crt');
  expect(file.type).toBe('application/x-x509-ca-cert');
  const ca = `-----BEGIN CERTIFICATE-----\n${file.body.toString('base64')}\n-----END CERTIFICATE-----\n`;
  for (const host of hosts)
    expect(await get(host, port, '/healthz', ca)).toMatchObject({ authorized: true, status: 200 });
  first.child.kill('SIGTERM');
  expect(await first.ended).toBe(0);

  const second = startProgram(args);
  await listening(second);
  expect(await printed(second)).toEqual([fingerprint, authority]);
  second.child.kill('SIGTERM');
  await second.ended;

  const plain = startProgram(['--lan', '--port', '0', '--no-app', '--demo', '--data', data]);
  const http = await listening(plain);
  expect((await fetch(`http://127.0.0.1:${http}/kakou.crt`)).status).toBe(404);
  plain.child.kill('SIGTERM');
  await plain.ended;
  expect(existsSync(join(data, 'tls', 'key.pem'))).toBe(true);
  rmSync(data, { recursive: true });
}, 240_000);
