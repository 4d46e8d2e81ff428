import { signStatusList } from '../../src/authority/lists/status-list.ts';
import { sha256Hex, utf8 } from '../../src/core/bytes.ts';
import type { IssuerEntry, ListPin } from '../../src/core/trust/bundle.ts';
import { openList } from '../../src/core/trust/lists/lists.ts';
import { type StatusList, statusAt } from '../../src/core/trust/lists/status-list.ts';
import { epochSeconds } from '../../src/core/units.ts';
import { seeded } from '../fuzz/mutations.ts';
import { at, demoView, signer } from '../support/passes.ts';

export interface ListFigures {
  readonly buildMs: number;
  readonly fileKB: number;
  /** Pin, signature, parse and inflate: what the scanner does once a day. */
  readonly openMs: number;
  readonly lookUpNs: number;
  readonly residentMB: number;
}

/** Lists of 14 and 100 million holders, one in a hundred revoked at random. */
export async function benchLists(): Promise<Record<string, ListFigures>> {
  return { '14 M': await measure(14_000_000), '100 M': await measure(100_000_000) };
}

async function measure(size: number): Promise<ListFigures> {
  const issuer = (await demoView()).issuer('CN-TJ');
  if (!issuer?.list) throw new Error('no list');
  const started = performance.now();
  const uri = issuer.list.uri;
  const claims = {
    uri,
    iat: at,
    exp: epochSeconds(at + 3600),
    bits: 1,
    size,
    statuses: revoked(size),
  } as const;
  const list = await signStatusList(claims, await signer('list'));
  const buildMs = performance.now() - started;
  const { delta: _, ...base } = issuer.list;
  const pin = {
    ...base,
    size,
    bits: 1,
    length: utf8(list).length,
    sha256: await sha256Hex(list),
  } as const;
  const opened = await openOnce(issuer, pin, list);
  return {
    buildMs: Math.round(buildMs),
    fileKB: Math.round(list.length / 1024),
    openMs: Number(opened.ms.toFixed(1)),
    lookUpNs: Number(lookUpNs(opened.list).toFixed(1)),
    residentMB: Number((opened.list.bytes.byteLength / 1e6).toFixed(2)),
  };
}

function revoked(size: number): Record<number, 1> {
  const random = seeded(14);
  const statuses: Record<number, 1> = {};
  for (let n = 0; n < size / 100; n++) statuses[random(size)] = 1;
  return statuses;
}

async function openOnce(
  issuer: IssuerEntry,
  pin: ListPin,
  list: string,
): Promise<{ ms: number; list: StatusList }> {
  const { bundle } = await demoView();
  const times: number[] = [];
  let last: StatusList | undefined;
  for (let n = 0; n < 7; n++) {
    const started = performance.now();
    const opened = await openList(issuer, pin, { list }, bundle);
    times.push(performance.now() - started);
    if (!opened.ok) throw new Error(opened.error);
    last = opened.value;
  }
  if (!last) throw new Error('never opened');
  return { ms: times.sort((a, b) => a - b)[3] ?? Number.NaN, list: last };
}

function lookUpNs(list: StatusList): number {
  const random = seeded(7);
  const indices = Array.from({ length: 1_000_000 }, () => random(list.size));
  let found = 0;
  const started = performance.now();
  for (const index of indices) if (statusAt(list, index) !== 'valid') found++;
  const ns = performance.now() - started;
  if (found === 0) throw new Error('the list is empty');
  return ns;
}
