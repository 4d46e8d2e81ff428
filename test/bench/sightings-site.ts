import { setTimeout as sleep } from 'node:timers/promises';
import { sightingKey } from '../../src/core/sightings/key.ts';
import { listen, phoneAt, type SitePhone, tokenOf } from '../support/site.ts';
import { post } from '../support/test-hub.ts';
import { freshId, type SiteHub, uploader } from './sightings-load.ts';

const gates = 20;

export interface SiteCost {
  readonly seconds: number;
  readonly scans: number;
  /** The hub's CPU, as a share of one core, and for each scan. */
  readonly coreShare: number;
  readonly msPerScan: number;
  /** Sightings that came, at all gates together, and that should have. */
  readonly told: number;
  readonly toTell: number;
  /** Streams that ended by themselves, and were asked for again. */
  readonly cuts: number;
  /** Of the streams alone, by gate and hour. */
  readonly kbPerGateHour: number;
}

/** A site with every gate listening; at each of them somebody every `everyMs`, claimed and uploaded. */
export async function siteCost(
  hub: SiteHub,
  { everyMs, seconds }: { readonly everyMs: number; readonly seconds: number },
  usedMs: () => number,
): Promise<SiteCost> {
  const site = `cost-${everyMs}`;
  const phones: SitePhone[] = [];
  for (let i = 0; i < gates; i++) phones.push(await phoneAt(hub, `${site}-${i}`, site));
  const streams = await Promise.all(phones.map((phone) => listen(hub, phone)));
  for (const stream of streams) await stream.untilReady();
  let [told, bytes, cuts, isOver] = [0, 0, 0, false];
  const listening = streams.map(async (first, i) => {
    let stream = first;
    let last = '0';
    while (!isOver) {
      for (let one = await stream.next(); one; one = await stream.next()) {
        if (one === 'ready') continue;
        told += 1;
        last = one.id;
        bytes += `id: ${one.id}\nevent: sighting\ndata: `.length + JSON.stringify(one).length;
      }
      if (isOver) return;
      cuts += 1;
      await sleep(1000);
      const phone = phones[i];
      if (phone) stream = await listen(hub, phone, { last, iat: Math.floor(Date.now() / 1000) });
      streams[i] = stream;
    }
  });
  let scans = 0;
  const before = usedMs();
  const until = performance.now() + seconds * 1000;
  const working = phones.map(async (phone, i) => {
    const upload = uploader(hub, phone);
    await sleep((everyMs * i) / gates);
    while (everyMs > 0 && performance.now() < until) {
      const jti = freshId();
      const key = await sightingKey('CN-TJ', jti);
      const iat = Math.floor(Date.now() / 1000);
      const claim = await post(hub, '/v1/claims', await tokenOf(hub, 'claim', phone, { key, iat }));
      if (!claim.ok) throw new Error(`a claim was answered ${claim.status}`);
      await claim.arrayBuffer();
      await upload(jti);
      scans += 1;
      await sleep(everyMs);
    }
    await sleep(Math.max(0, until - performance.now()));
  });
  await Promise.all(working);
  const cpu = usedMs() - before;
  // whoever was told last may be told a moment after
  for (let i = 0; i < 20 && told < scans * (gates - 1); i++) await sleep(500);
  isOver = true;
  for (const stream of streams) await stream.cancel();
  await Promise.all(listening);
  const beats = (seconds / 20) * ': alive\n\n'.length;
  return {
    ...{ seconds, scans, told, toTell: scans * (gates - 1), cuts },
    coreShare: Math.round((cpu / (seconds * 1000)) * 1000) / 1000,
    msPerScan: scans === 0 ? 0 : Math.round((cpu / scans) * 100) / 100,
    kbPerGateHour: Math.round(((bytes / gates + beats) / seconds) * 3.6),
  };
}
