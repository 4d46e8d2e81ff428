import { calculateJwkThumbprint, GeneralSign } from 'jose';
import { beforeAll, describe, expect, test } from 'vitest';
import { generateKey, type NamedKey, publicHalf, signerOf } from '../../src/authority/keys.ts';
import { sha256Hex, utf8 } from '../../src/core/bytes.ts';
import { openStatus } from '../../src/core/enrol/device-status.ts';
import { openGateSettings } from '../../src/core/enrol/signed-settings.ts';
import { parseCompactJws } from '../../src/core/jws.ts';
import { openBatch } from '../../src/core/log/batch.ts';
import { openDeviceRecord } from '../../src/core/log/device-record.ts';
import { openReceipt } from '../../src/core/log/receipt.ts';
import type { PassKind } from '../../src/core/pass/kinds.ts';
import type { Signer } from '../../src/core/signer.ts';
import { es256 } from '../../src/core/suite.ts';
import { acceptTrust, noMarks } from '../../src/core/trust/accept.ts';
import { type IssuerEntry, issuerTyps, type ListPin } from '../../src/core/trust/bundle.ts';
import { openList } from '../../src/core/trust/lists/lists.ts';
import { acceptNextRoot } from '../../src/core/trust/root.ts';
import { openSignedTime } from '../../src/core/trust/signed-time.ts';
import { type TrustView, trustView } from '../../src/core/trust/view.ts';
import type { Bytes } from '../../src/core/units.ts';
import { openEnrolment } from '../../src/hub/enrolment.ts';
import { someEntries } from '../support/log-entries.ts';
import {
  at,
  b64,
  cnfOf,
  cwt,
  dayClaims,
  demoView,
  good,
  jwt,
  offline,
  randomBytes,
  show,
} from '../support/passes.ts';
import { demoFiles, payloadOf } from '../support/trust-sets.ts';

/**
 * One key holds every office at once, and each receiver is offered its own good content under every
 * other `typ`. Nothing is left to tell the things apart but the `typ`.
 */
const typs = [
  'kp+jwt',
  'kp',
  'kd+jwt',
  'kd',
  'kc',
  'ks',
  'kc+jwt',
  'ks+jwt',
  'statuslist+jwt',
  'kakou-delta+jwt',
  'statuslist',
  'kakou-delta',
  'kakou-bundle+jws',
  'kakou-root+jws',
  'kakou-time+jws',
  'kakou-receipt+jws',
  'kakou-device+jws',
  'kakou-settings+jws',
  'kakou-export+jws',
  'kakou-batch+jwt',
  'kakou-enrol+jwt',
  'kakou-status+jwt',
  'JWT',
  'JOSE',
  '',
];

let named: NamedKey;
let by: Signer;
let view: TrustView;
let issuer: IssuerEntry & { list: ListPin };
beforeAll(async () => {
  named = await generateKey('l1');
  by = await signerOf(named);
  const demo = await demoView();
  const home = demo.issuer('CN-TJ');
  if (!home?.list) throw new Error('no list');
  const key = { kid: by.kid, jwk: publicHalf(named), nbf: 0, exp: 4e9, typs: [...issuerTyps] };
  issuer = { ...home, list: home.list, keys: [key] };
  view = trustView(demo.root, { ...demo.bundle, issuers: [issuer] }, demo.lists);
});

const isTakenAs = async (kind: PassKind, text: string): Promise<boolean> => {
  const { pass, state } = await show(text, { trust: view });
  return pass?.kind === kind && (state === 'pass' || state === 'check');
};

async function general(typ: string, payload: object): Promise<Bytes> {
  const jws = new GeneralSign(utf8(JSON.stringify(payload)));
  jws.addSignature(by.key).setProtectedHeader({ alg: 'ES256', kid: by.kid, typ });
  const { payload: body, signatures } = await jws.sign();
  return utf8(JSON.stringify({ payload: body, signatures }));
}

const compact = (typ: string, payload: object): Promise<string> =>
  jwt({ by, typ, payloadText: JSON.stringify(payload) });

const claimsOf = (text: string | undefined): object => {
  const jws = parseCompactJws(text ?? '');
  if (!jws) throw new Error('no JWS');
  return jws.payload;
};
const pinOf = async (file: string) => ({ length: file.length, sha256: await sha256Hex(file) });

async function listTaken(listTyp: string, deltaTyp: string): Promise<boolean> {
  const files = (await demoFiles()).lists['CN-TJ'];
  const list = await compact(listTyp, claimsOf(files?.list));
  const delta = await compact(deltaTyp, claimsOf(files?.delta));
  const deltaPin = { uri: '', version: 1, ...issuer.list.delta, ...(await pinOf(delta)) };
  const pin = { ...issuer.list, ...(await pinOf(list)), delta: deltaPin };
  return (await openList(issuer, pin, { list, delta }, view.bundle)).ok;
}

async function bundleTaken(typ: string): Promise<boolean> {
  const files = await demoFiles();
  const key = publicHalf(named);
  const root = {
    version: 1,
    exp: 4e9,
    threshold: 1,
    keys: [key],
    bundleThreshold: 1,
    bundleKeys: [key],
  };
  const pinnedRoot = await general('kakou-root+jws', root);
  const bundle = await general(typ, payloadOf(files.bundle));
  return (await acceptTrust({ ...files, pinnedRoot, bundle }, noMarks, at)).ok;
}

async function rootTaken(typ: string): Promise<boolean> {
  const key = publicHalf(named);
  const root = {
    version: 1,
    exp: 4e9,
    threshold: 1,
    keys: [key],
    bundleThreshold: 1,
    bundleKeys: [key],
  };
  return (await acceptNextRoot(root, await general(typ, { ...root, version: 2 }))).ok;
}

async function timeTaken(typ: string): Promise<boolean> {
  const nonce = b64(randomBytes(16));
  const time = { t: at, nonce, bundleVersion: 1, bundleSha256: '', exp: at + 3600 };
  return (await openSignedTime(await general(typ, time), { keys: [publicHalf(named)], nonce })).ok;
}

async function receiptTaken(typ: string): Promise<boolean> {
  const receipt = { device: 'd', seq: 1, head: '0'.repeat(64), t: at };
  return (await openReceipt(await general(typ, receipt), [publicHalf(named)])).ok;
}

async function recordTaken(typ: string): Promise<boolean> {
  const jkt = await calculateJwkThumbprint(publicHalf(named));
  const forgotten = { seq: 0, hash: '0'.repeat(64) };
  const said = { device: 'd', jkt, gate: 'g', enrolledAt: 1, unsigned: 0, forgotten, t: 1 };
  return (await openDeviceRecord(await general(typ, said), [publicHalf(named)])).ok;
}

async function settingsTaken(typ: string): Promise<boolean> {
  const settings = await general(typ, { gate: 'g', iat: at, rapid: true });
  return (await openGateSettings(settings, [publicHalf(named)])).ok;
}

async function statusTaken(typ: string): Promise<boolean> {
  const facts = { app: '1', quality: 'synced', head: 1, unsent: 0, onShift: false };
  const claims = { ...facts, device: 'd', iat: at, nonce: 'n' };
  const payloadText = JSON.stringify(claims);
  const text = await jwt({ by: { ...by, kid: 'd' }, typ, payloadText });
  return (await openStatus(text, () => es256.importPublicKey(publicHalf(named)))).ok;
}

async function batchTaken(typ: string): Promise<boolean> {
  const entries = await someEntries(2);
  const [first, last = first] = entries;
  if (!first || !last) return false;
  const range = { from: first.seq, to: last.seq, prev: first.prev, head: last.hash };
  const claims = { batch: 'b', device: first.device, ...range, entries, iat: at, nonce: 'n' };
  const text = await jwt({
    by: { ...by, kid: first.device },
    typ,
    payloadText: JSON.stringify(claims),
  });
  return (await openBatch(text, () => es256.importPublicKey(publicHalf(named)))).ok;
}

async function enrolmentTaken(typ: string): Promise<boolean> {
  const jwk = publicHalf(named);
  const claims = { code: b64(randomBytes(16)), jwk, iat: at, nonce: 'n' };
  const kid = await calculateJwkThumbprint(jwk);
  const text = await jwt({ by: { ...by, kid }, typ, payloadText: JSON.stringify(claims) });
  return (await openEnrolment(text)).ok;
}

const receivers: [string, string, (typ: string) => Promise<boolean>][] = [
  ['a live JWT', 'kp+jwt', async (typ) => isTakenAs('live', await jwt({ by, typ }))],
  ['a live CWT', 'kp', async (typ) => isTakenAs('live', await cwt({ by, typ }))],
  [
    'a paper JWT',
    'kd+jwt',
    async (typ) => isTakenAs('paper', await jwt({ by, typ, claims: good() })),
  ],
  ['a paper CWT', 'kd', async (typ) => isTakenAs('paper', await cwt({ by, typ }))],
  [
    'a credential',
    'kc',
    async (typ) => isTakenAs('credential', await offline({ credential: day(typ), stamp: { by } })),
  ],
  [
    'a stamp',
    'ks',
    async (typ) =>
      isTakenAs('credential', await offline({ credential: day('kc'), stamp: { by, typ } })),
  ],
  ['a status list', 'statuslist+jwt', (typ) => listTaken(typ, 'kakou-delta+jwt')],
  ['a delta', 'kakou-delta+jwt', (typ) => listTaken('statuslist+jwt', typ)],
  ['a bundle', 'kakou-bundle+jws', bundleTaken],
  ['a root', 'kakou-root+jws', rootTaken],
  ['a signed time', 'kakou-time+jws', timeTaken],
  ['a receipt', 'kakou-receipt+jws', receiptTaken],
  ['the word on a device', 'kakou-device+jws', recordTaken],
  ['settings of a gate', 'kakou-settings+jws', settingsTaken],
  ['a status', 'kakou-status+jwt', statusTaken],
  ['a batch', 'kakou-batch+jwt', batchTaken],
  ['an enrolment', 'kakou-enrol+jwt', enrolmentTaken],
];

const day = (typ: string) => ({ by, typ, claims: dayClaims({ cnf: cnfOf(named) }) });

describe.each(receivers)('%s', (_, own, taken) => {
  test(`is taken as ${own}`, async () => {
    expect(await taken(own)).toBe(true);
  });
  test.each(typs.filter((typ) => typ !== own))('is refused as "%s"', async (typ) => {
    expect(await taken(typ)).toBe(false);
  });
});
