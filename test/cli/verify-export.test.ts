import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { calculateJwkThumbprint } from 'jose';
import { afterAll, describe, expect, it } from 'vitest';
import { signerOf } from '../../src/authority/keys.ts';
import { signFile } from '../../src/authority/sign-file.ts';
import { runVerifyExport } from '../../src/cli/run-verify-export.ts';
import { emptyHead, type LogEntry, type LogHead } from '../../src/core/log/entry.ts';
import { buildExport, type ExportDraft } from '../../src/core/log/export/export-json.ts';
import { epochMillis, epochSeconds } from '../../src/core/units.ts';
import { demoKeys } from '../../src/demo/demo-keys.ts';
import { demoTrust } from '../../src/demo/demo-trust.ts';
import { someShift, testKey } from '../support/log-entries.ts';
import { ask, run } from './run.ts';

const folder = mkdtempSync(join(tmpdir(), 'kakou-export-'));
afterAll(() => rmSync(folder, { recursive: true }));

const key = await testKey();
const entries = await someShift(6);
const receipt = new TextDecoder().decode(
  await signFile(
    'kakou-receipt+jws',
    { device: 'device-1', seq: 5, head: entries[4]?.hash, t: 1_646_121_700 },
    [await signerOf(demoKeys().receipt)],
  ),
);

async function write(
  name: string,
  list: readonly LogEntry[],
  more: { readonly from?: LogHead; readonly receipt?: string | undefined; shift?: string } = {},
): Promise<string> {
  const last = list.at(-1) ?? more.from ?? emptyHead;
  const path = join(folder, name);
  const draft = {
    device: 'device-1',
    shift: 'shift-1',
    at: epochMillis(1),
    jwk: key.jwk,
    from: emptyHead,
    entries: list,
    head: { seq: last.seq, hash: last.hash },
    receipt,
    ...more,
  };
  writeFileSync(path, await buildExport(draft as ExportDraft, key.privateKey));
  return path;
}

async function trustFolder(): Promise<string> {
  const files = await demoTrust(epochSeconds(1_646_121_600));
  const path = join(folder, 'trust');
  mkdirSync(path, { recursive: true });
  writeFileSync(join(path, 'bundle'), files.bundle);
  for (const [issuer, { list, delta }] of Object.entries(files.lists)) {
    mkdirSync(join(path, 'lists', issuer), { recursive: true });
    mkdirSync(join(path, 'deltas'), { recursive: true });
    writeFileSync(join(path, 'lists', issuer, files.day), list);
    if (delta) writeFileSync(join(path, 'deltas', issuer), delta);
  }
  return path;
}

const verifyExport = async (...args: string[]) => {
  const { code, out, err } = await ask(runVerifyExport, args);
  return { code, said: out === '' ? err : JSON.parse(out) };
};

describe('verify-export', () => {
  it('says that an export is whole, what it covers, and whose key signed it', async () => {
    const trust = await trustFolder();
    const thumbprint = await calculateJwkThumbprint(key.jwk);
    const file = await write('whole.json', entries);
    const { code, said } = await verifyExport(file, '--trust', trust, '--key', thumbprint);
    expect(said).toMatchObject({ ok: true, key: thumbprint, keyChecked: true, entries: 6 });
    expect(said).toMatchObject({ from: 1, to: 6, unreceipted: 1, problem: null });
    expect(said.receipt).toEqual({ seq: 5, t: 1_646_121_700, checked: true });
    expect(code).toBe(0);
  });

  it('ends with 2 and says what is missing for a proof, when nothing is wrong', async () => {
    const whole = await write('bare.json', entries);
    const unproven = await write('no-receipt.json', entries, { receipt: undefined });
    const thumbprint = await calculateJwkThumbprint(key.jwk);
    const found = { code: 2, said: { ok: false, problem: null } };
    expect(await verifyExport(whole)).toMatchObject(found);
    expect((await verifyExport(whole)).said.lacks).toEqual(['trust', 'key']);
    expect((await verifyExport(whole, '--demo')).said.lacks).toEqual(['key']);
    const bare = await verifyExport(unproven, '--demo', '--key', thumbprint);
    expect(bare).toMatchObject({ ...found, said: { lacks: ['receipt'], unreceipted: 6 } });
  });

  it('never says ok of one that is cut at the front, or empty', async () => {
    const [first, second] = entries;
    const after = { seq: 2, hash: second?.hash ?? first?.hash ?? '' };
    const front = await write('front.json', entries.slice(2), { from: after });
    expect(await verifyExport(front, '--demo')).toMatchObject({
      code: 1,
      said: { ok: false, problem: { at: 3, problem: 'front' } },
    });
    const { seq, hash } = entries[5] ?? emptyHead;
    const empty = await write('empty.json', [], { from: { seq, hash } });
    expect(await verifyExport(empty, '--demo')).toMatchObject({
      code: 1,
      said: { ok: false, problem: { at: 7, problem: 'empty' } },
    });
  });

  it('prints nothing of the file raw', async () => {
    const file = await write('raw.json', entries, { shift: '\u001b[2J\u202e\u009b\u0000' });
    const { out } = await run('cli/verify-export', [file]);
    expect(out.trimEnd()).toMatch(/^[\x20-\x7e]+$/);
    expect(JSON.parse(out).shift).toBe('\u001b[2J\u202e\u009b\u0000');
  });

  it('names the first missing entry and ends with 1', async () => {
    const file = await write('cut.json', entries.slice(0, 3));
    expect(await verifyExport(file)).toMatchObject({
      code: 1,
      said: { ok: false, problem: { at: 4, problem: 'cut' } },
    });
  });

  it('refuses a good file that another key signed', async () => {
    const file = await write('other.json', entries);
    const other = await calculateJwkThumbprint((await testKey()).jwk);
    expect(await verifyExport(file, '--key', other)).toMatchObject({
      code: 1,
      said: { ok: false, problem: { problem: 'wrong-key' } },
    });
  });

  it('takes a thumbprint that begins with a dash, as one in 64 does', async () => {
    const file = await write('dash.json', entries);
    const print = await calculateJwkThumbprint(key.jwk);
    // of another key, even where this one's begins with a dash too
    const dashed = `-${print[1] === 'A' ? 'B' : 'A'}${print.slice(2)}`;
    expect(await verifyExport(file, '--key', dashed)).toMatchObject({
      code: 1,
      said: { problem: { problem: 'wrong-key' } },
    });
    expect(await verifyExport(file, '--key', '--trust')).toMatchObject({ code: 64 });
  });

  it('a file that is no export is broken, no file is 66, no argument is 64', async () => {
    writeFileSync(join(folder, 'nonsense'), '{}');
    expect(await verifyExport(join(folder, 'nonsense'))).toMatchObject({ code: 1 });
    expect(await verifyExport(join(folder, 'nothing'))).toMatchObject({ code: 66 });
    expect(await verifyExport()).toMatchObject({ code: 64 });
  });
});
