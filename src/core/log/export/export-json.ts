import { GeneralSign } from 'jose';
import * as v from 'valibot';
import { utf8 } from '../../bytes.ts';
import { isObject } from '../../json.ts';
import { type PublicJwk, publicJwk } from '../../jwk.ts';
import { err, ok, type Result } from '../../result.ts';
import type { TrustProblem } from '../../trust/problem.ts';
import { sha256Hex } from '../../trust/shapes.ts';
import { openSignedFile, peekSignedFile } from '../../trust/signed-file.ts';
import type { Bytes, EpochMillis } from '../../units.ts';
import type { Link } from '../chain.ts';
import type { LogEntry, LogHead } from '../entry.ts';

const typ = 'kakou-export+jws';

/** What a signed export says: protocol 9. */
export interface ExportDraft {
  readonly device: string;
  readonly shift: string;
  readonly at: EpochMillis;
  /** Public half of the device key that signs. */
  readonly jwk: PublicJwk;
  /** What the first entry follows. */
  readonly from: LogHead;
  /** Without a gap, from the shift's first entry to the end of the log. */
  readonly entries: readonly LogEntry[];
  /** The end of the log: the last entry here, or `from` when there is none. */
  readonly head: LogHead;
  /** The newest `kakou-receipt+jws` of the hub, as received. */
  readonly receipt?: string;
}

/**
 * Signs a `kakou-export+jws` (JWS general JSON, RFC 7515 section 7.2.1) with the device key. It goes
 * on to the end of the log, beyond the shift, so that a receipt can show that nothing was cut off.
 */
export async function buildExport(draft: ExportDraft, key: CryptoKey): Promise<Bytes> {
  const jws = new GeneralSign(utf8(JSON.stringify(draft)));
  jws.addSignature(key).setProtectedHeader({ alg: 'ES256', kid: draft.device, typ });
  const { payload, signatures } = await jws.sign();
  return utf8(
    JSON.stringify({
      payload,
      signatures: signatures.map((one) => ({ protected: one.protected, signature: one.signature })),
    }),
  );
}

const seq = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const head = v.strictObject({ seq, hash: sha256Hex });
const shape = v.strictObject({
  device: v.pipe(v.string(), v.minLength(1), v.maxLength(64)),
  shift: v.pipe(v.string(), v.maxLength(64)),
  at: v.pipe(v.number(), v.safeInteger()),
  jwk: publicJwk,
  from: head,
  entries: v.array(v.looseObject({ seq, prev: v.string(), hash: v.string() })),
  head,
  receipt: v.optional(v.string()),
});

/** A parsed export. Its entries are as written: nothing about them is checked yet. */
export interface OpenedExport {
  readonly device: string;
  readonly shift: string;
  readonly jwk: PublicJwk;
  readonly from: LogHead;
  readonly entries: readonly Link[];
  readonly head: LogHead;
  readonly receipt?: string;
  /** Whether the key the file itself names has signed it. */
  readonly signed: boolean;
}

/** A shift of 12 hours is about 15 MB; a week of the busiest gate stays under this. */
const maxBytes = 256 * 1024 * 1024;

/** Reads an export whoever signed it: a forged one is to be read too, to name what was changed. */
export async function openExport(file: Uint8Array): Promise<Result<OpenedExport, TrustProblem>> {
  const peeked = peekSignedFile(file, maxBytes);
  if (!peeked.ok) return peeked;
  const parsed = v.safeParse(shape, peeked.value);
  if (!parsed.success || !isObject(peeked.value)) return err('bad-shape');
  const { jwk, receipt, ...said } = parsed.output;
  const rules = { typ, keys: [jwk], threshold: 1, maxBytes } as const;
  const opened = await openSignedFile(file, rules);
  if (!opened.ok && opened.error === 'wrong-type') return opened;
  return ok({
    ...said,
    jwk,
    // the entries as signed: the parsed copy may lack a member with a reserved name
    entries: peeked.value['entries'] as readonly Link[],
    signed: opened.ok,
    ...(receipt !== undefined && { receipt }),
  });
}
