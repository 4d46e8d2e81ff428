import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import type { PublicJwk } from '../core/jwk.ts';
import { checkHubExport, hubExportFormat } from '../core/log/export/hub-export.ts';

const beginning = `{"format":"${hubExportFormat}"`;

/** Whether the file is one that a hub's console gave out, by its first bytes. */
export async function isHubExport(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(64), 0, 64, 0);
    return buffer.toString('utf8', 0, bytesRead).startsWith(beginning);
  } finally {
    await file.close();
  }
}

/** What was found in it, as `verify-export` prints it; a file of any length in little memory. */
export async function verifyHubExport(path: string, keys: readonly PublicJwk[] | undefined) {
  const sum = createHash('sha256');
  const hash = {
    update: (bytes: Uint8Array) => void sum.update(bytes),
    hex: () => sum.digest('hex'),
  };
  const digest = (bytes: Uint8Array) => new Uint8Array(createHash('sha256').update(bytes).digest());
  const report = await checkHubExport(linesOf(path), { hash, digest, ...(keys && { keys }) });
  const { problem, lacks } = report;
  return { ok: !problem && lacks.length === 0, ...report, problem: problem ?? null };
}

/** A line longer than any entry is not read to its end. */
const longestLine = 1024 * 1024;

/** Each with its end. */
async function* linesOf(path: string): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of createReadStream(path, 'utf8')) {
    rest += chunk;
    for (let end = rest.indexOf('\n'); end >= 0; end = rest.indexOf('\n')) {
      yield rest.slice(0, end + 1);
      rest = rest.slice(end + 1);
    }
    if (rest.length > longestLine) break;
  }
  if (rest !== '') yield rest;
}
