import { sha256Hex } from '../core/bytes.ts';
import { asFault } from '../core/fault.ts';
import type { ScanMethod } from '../core/log/entry.ts';
import { scanBody } from '../core/log/scan-entry.ts';
import { factsOf } from '../core/pass/kinds.ts';
import type { TrustedNow } from '../core/time/trusted-now.ts';
import type { MonotonicMillis } from '../core/units.ts';
import { verifyPass } from '../core/verify/pipeline.ts';
import type { Temperature } from '../core/verify/venue-rules.ts';
import { type Verdict, verdict } from '../core/verify/verdict.ts';
import { countCompanions } from './companions.ts';
import { countOne } from './counts.ts';
import type { Gate } from './ports.ts';
import { remember } from './recent.ts';
import { cardShower, type ScanParts, type ShowCard, type ShownCard } from './scan-parts.ts';
import { clear } from './store.ts';
import { decideTemperature } from './temperature-step.ts';
import type { TrustKeeper } from './trust-keeper.ts';

export interface ScanSession {
  /** A text from the camera: dropped while a card is up or the same code lingers in view. */
  fromCamera(text: string): void;
  /** A text from a hardware scanner or a picture. Resolves when its entry is written. */
  present(text: string, method: ScanMethod): Promise<void>;
  /** Completes a card that waits for the temperature. */
  temperature(reading: Temperature): Promise<void>;
  /** Counts who came along with the person on the card. */
  companions(count: number): Promise<void>;
  dismiss(): void;
  hold(): void;
}

/** A code still in view this long after it was last seen is still the same presentation. */
const lingerMs = 3000;
/** A code seen so shortly before a card came up was in view beside the one on the card. */
const inViewMs = 1500;

/**
 * One presented text at a time: clock, verdict, log entry, card. What is shown is on disk already.
 */
export function createScanSession(parts: ScanParts): ScanSession {
  const { store, monotonic } = parts;
  const showCard = cardShower(parts);
  let last: ShownCard | undefined;
  const show: ShowCard = (card) => {
    if (card.seq !== undefined) last = card;
    showCard(card);
  };
  /** The card of the same scan as it ended: its temperature can still be taken, or was. */
  const lastOf = ({ pass }: Verdict): ShownCard | undefined =>
    pass && last?.verdict.pass?.jti === pass.jti && last.verdict.pass.issuer === pass.issuer
      ? last
      : undefined;
  let busy = false;
  /** The codes shown lately and when each was last seen: two in one view never take turns for ever. */
  const lingering = new Map<string, MonotonicMillis>();
  let judgedAt: MonotonicMillis | undefined;

  async function exclusively(task: () => Promise<void>): Promise<void> {
    if (busy) return;
    busy = true;
    try {
      await task();
    } catch (thrown) {
      // nothing green stays on screen that is not in the log
      store.setState({ storageFault: asFault(thrown, 'storage-unavailable').code });
      const { at } = parts.clock.now();
      show({ verdict: verdict('unknown', 'internal-error'), at });
    } finally {
      busy = false;
    }
  }

  return {
    fromCamera(text) {
      const at = monotonic();
      for (const [shown, seenAt] of lingering) if (at - seenAt >= lingerMs) lingering.delete(shown);
      const isLingering = lingering.has(text);
      if (isLingering) lingering.set(text, at);
      const { card, gate } = store.getState();
      if (isLingering || busy || card || !gate) return;
      lingering.set(text, at);
      judgedAt = at;
      void exclusively(() => judge(parts, { show, lastOf }, gate, text, 'camera'));
    },
    async present(text, method) {
      const { card, gate } = store.getState();
      if (!gate || (card && card.verdict.state !== 'pass')) return;
      await exclusively(() => judge(parts, { show, lastOf }, gate, text, method));
    },
    temperature: (reading) => exclusively(() => decideTemperature(parts, show, reading)),
    companions: (count) => exclusively(() => countCompanions(parts, count)),
    dismiss() {
      clear(store, 'card');
      // in view when the camera was held is in view still
      for (const [text, at] of lingering)
        if (at >= (judgedAt ?? at) - inViewMs) lingering.set(text, monotonic());
      parts.reader.hold(false);
    },
    hold() {
      const { card } = store.getState();
      if (card) store.setState({ card: { ...card, held: true } });
    },
  };
}

async function judge(
  parts: ScanParts,
  { show, lastOf }: { show: ShowCard; lastOf(verdict: Verdict): ShownCard | undefined },
  gate: Gate,
  text: string,
  method: ScanMethod,
): Promise<void> {
  const { trust, seen } = parts;
  const now = parts.clock.now();
  const context = { now, trust: trust.view(), gate, app: parts.version, seen: seen.find };
  const verify = () => verifyPass(text, context);
  let result = await verify();
  const { presentations } = result;
  if (presentations && !result.seen && (await seen.learn(presentations))) result = await verify();
  const before = result.repeat && lastOf(result);
  if (before) {
    return show({ ...before, at: now.at, verdict: { ...result, ...before.verdict, repeat: true } });
  }
  if (result.pass && !result.repeat) parts.watchSkew(result.pass, now);
  // the log comes first: a browser killed between the two has shown nothing that is not written
  const seq = result.repeat ? undefined : await record(parts, text, method, result, now);
  if (seq !== undefined) clear(parts.store, 'storageFault'); // the disk took it: mended
  if (result.reason === 'list-too-old') parts.refresh();
  const { temperature } = parts.store.getState().trust;
  show({
    verdict: result,
    at: now.at,
    ...(seq !== undefined && { seq }),
    ...(temperature && result.reason === 'temperature-needed' && { temperature }),
  });
}

async function record(
  parts: ScanParts,
  text: string,
  method: ScanMethod,
  result: Verdict,
  now: TrustedNow,
): Promise<number> {
  const body = scanBody({
    verdict: result,
    method,
    textSha256: await sha256Hex(text),
    ...versionsFor(parts.trust, result),
  });
  const entry = await parts.writer.append(body, now);
  const { state, reason, pass, presentations } = result;
  remember(parts.store, entry, (counts) => countOne(counts, state));
  if (presentations && !result.seen) {
    const sighting = { gate: entry.gate, at: now.at, verdict: { state, reason } };
    await parts.seen.put(presentations, sighting);
  }
  // an issuer's fresh stamp says that its time has come
  if (pass && factsOf(pass.kind).freshBy === 'issuer' && (state === 'pass' || state === 'check')) {
    parts.clock.livePass(pass.issuer, pass.iat);
  }
  return entry.seq;
}

/** The versions that decided, as far as the verdict got. */
function versionsFor(trust: TrustKeeper, { pass, listAgeS }: Verdict) {
  const view = trust.view();
  const list = pass && listAgeS !== undefined ? view?.lists.get(pass.issuer)?.version : undefined;
  return {
    ...(view && { bundle: view.bundle.version }),
    ...(list !== undefined && { list }),
  };
}
