import { readFile } from 'node:fs/promises';
import { calculateJwkThumbprint } from 'jose';
import { publicHalf } from '../authority/keys.ts';
import { parseEntry } from '../core/log/entry-schema.ts';
import { checkExport, type ExportReport } from '../core/log/export/check-export.ts';
import { type OpenedExport, openExport } from '../core/log/export/export-json.ts';
import { summarizeShift } from '../core/log/shift-summary.ts';
import { printableJson } from '../core/printable.ts';
import { demoKeys } from '../demo/demo-keys.ts';
import { CommandError, exit } from '../node/command-error.ts';
import { asksFor, readArgs } from '../node/command-line.ts';
import { ending, type Io } from '../node/program.ts';
import { openTrustFiles, readTrustFolder } from './trust-folder.ts';
import { isHubExport, verifyHubExport } from './verify-hub-export.ts';

const usage = `Usage: npm run --silent verify-export -- FILE --trust DIR --key THUMBPRINT
FILE is the signed JSON export of a phone, or of the hub's console (then without --key). Prints what was found as JSON (--json or not) and names the first entry
that is broken, missing or forged, and what is missing for a proof.
--trust DIR       the hub's receipt is checked with the keys of this trust folder
--root FILE       root 1 of that folder when it is not the one in keys/
--demo            with the keys of the demo instead
--key THUMBPRINT  the device key that must have signed it (RFC 7638), as the hub knows it
Exit code: 0 whole and proven, 1 something is wrong, 2 nothing wrong was found and it is no proof
("lacks" says why: "receipt", "trust", "key", "signature"), 64 usage, 65 bad trust folder, 66 no such file.`;

const options = {
  trust: { type: 'string' },
  root: { type: 'string' },
  demo: { type: 'boolean' },
  key: { type: 'string' },
  json: { type: 'boolean' },
} as const;

async function verifyExport(args: readonly string[], io: Io): Promise<number> {
  if (asksFor('--help', args)) {
    io.out(usage);
    return exit.done;
  }
  const { values, positionals } = readArgs(args, options, ['FILE']);
  const [path = ''] = positionals;
  const keys = await receiptKeys(values);
  if (await reading(() => isHubExport(path))) return say(io, await verifyHubExport(path, keys));
  const opened = await openExport(await reading(() => readFile(path)));
  if (!opened.ok) return say(io, { ok: false, lacks: [], problem: { problem: opened.error } });
  const report = await checkExport(opened.value, keys);
  return say(io, await describe(opened.value, report, values.key));
}

async function describe(
  { device, shift, jwk, entries, from, head }: OpenedExport,
  { signed, receipt, receiptChecked, unreceipted, lacks: lacking, problem }: ExportReport,
  wanted: string | undefined,
) {
  const key = await calculateJwkThumbprint(jwk);
  const wrongKey = wanted !== undefined && wanted !== key ? { problem: 'wrong-key' } : undefined;
  const found = problem ?? wrongKey;
  const lacks = [...lacking, ...(wanted === undefined ? ['key'] : [])];
  return {
    ok: !found && lacks.length === 0,
    lacks,
    device,
    shift,
    key,
    keyChecked: wanted !== undefined && !wrongKey,
    signed,
    entries: entries.length,
    outcomes: outcomesIn(entries, shift),
    from: from.seq + 1,
    to: head.seq,
    head: head.hash,
    receipt: receipt ? { seq: receipt.seq, t: receipt.t, checked: receiptChecked } : null,
    unreceipted,
    problem: found ?? null,
  };
}

/** How many came in the shift, and how it ended for them: protocol 6. */
function outcomesIn(entries: OpenedExport['entries'], shift: string) {
  const whole = entries.flatMap((entry) => parseEntry(entry) ?? []);
  const ofShift = whole.filter((entry) => entry.shift === shift);
  const { people, admitted, refused, notRecorded, left, looks } = summarizeShift(ofShift);
  return { people, admitted, refused, notRecorded, left: left.admitted, looks };
}

interface Said {
  readonly ok: boolean;
  readonly lacks: readonly string[];
  readonly problem: unknown;
}

function say(io: Io, result: Said): number {
  io.out(printableJson(result));
  if (result.ok) return exit.done;
  return result.problem === null ? exit.notProven : exit.refused;
}

interface Trusted {
  readonly trust?: string | undefined;
  readonly root?: string | undefined;
  readonly demo?: boolean | undefined;
}

async function receiptKeys({ trust, root, demo }: Trusted) {
  if (demo) return [publicHalf(demoKeys().receipt)];
  if (trust === undefined) return undefined;
  const { bundle } = await openTrustFiles(await readTrustFolder(trust, root));
  return bundle.hub.receiptKeys;
}

async function reading<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch {
    throw new CommandError('the file cannot be read', exit.noInput, 'no-such-file');
  }
}

/** `verify-export`: what was found as JSON, and the exit code. */
export const runVerifyExport = (args: readonly string[], io: Io): Promise<number> =>
  ending('verify-export', true, io, () => verifyExport(args, io));
