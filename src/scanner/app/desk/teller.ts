import { toBase64url } from '../../../core/base64url.ts';
import { buildStatus, type DeviceFacts } from '../../../core/enrol/device-status.ts';
import { type JsonObject, readJson } from '../../../core/json.ts';
import type { TrustedNow } from '../../../core/time/trusted-now.ts';
import { toSeconds } from '../../../core/units.ts';
import type { Phone } from '../../../ports/phone.ts';
import type { Remote } from '../../../ports/remote.ts';
import type { Clock, RandomBytes } from '../../../ports/world.ts';
import type { HeadCounter } from '../place/head-counter.ts';
import type { AppState } from '../state.ts';
import type { AppStore } from '../store.ts';
import type { Enrolment, LogStore } from '../stores.ts';
import type { Worked } from '../sync/lane.ts';
import type { ReceiptKeeper } from '../sync/receipt-keeper.ts';
import type { DeskSettings } from './desk-settings.ts';

interface Needs {
  readonly store: AppStore;
  readonly log: Pick<LogStore, 'head'>;
  readonly receipts: Pick<ReceiptKeeper, 'newest'>;
  readonly clock: { now(): TrustedNow };
  readonly phone?: () => Promise<Pick<Phone, 'storage' | 'battery'>>;
  readonly random: RandomBytes;
  readonly monotonic: Clock['monotonic'];
  readonly desk: Pick<DeskSettings, 'take'>;
  readonly heads: Pick<HeadCounter, 'take' | 'ahead'>;
  /** Of this app. */
  readonly version: string;
  enrolment(): Enrolment | undefined;
  /** Hears the whole answer. */
  told?(reply: JsonObject): Promise<void>;
}

/** Tells the hub how this phone is, and takes what the desk has set. Of people it tells nothing. */
export interface Teller {
  /** With the next round, however lately it was told. */
  hurry(): void;
  /** Every five minutes, over `remote`; every minute where people inside are counted. */
  work(remote: Remote): Promise<Worked>;
}

const everyMs = 300_000;
/** Where people of several gates are counted together: how old the number is that decides. */
const countEveryMs = 60_000;

export function createTeller(needs: Needs): Teller {
  const { random, monotonic } = needs;
  let toldAt = Number.NEGATIVE_INFINITY;

  async function tell(remote: Remote, enrolment: Enrolment): Promise<Worked> {
    const { device, privateKey } = enrolment;
    const iat = Math.max(0, toSeconds(needs.clock.now().at));
    const draft = { device, iat, nonce: toBase64url(random(12)), facts: await factsNow(needs) };
    const status = await buildStatus(draft, privateKey);
    const answer = await remote.post('/v1/status', status, { contentType: 'application/jose' });
    if (answer.kind === 'offline' || answer.status === 429 || answer.status >= 500) return 'failed';
    toldAt = monotonic(); // a hub that knows no such question is not asked again at once either
    const reply = answer.status === 200 ? readJson(answer.body) : undefined;
    if (reply) await needs.told?.(reply);
    if (reply?.['trusted'] !== true) return 'done';
    const settings = reply['settings'];
    await needs.desk.take(typeof settings === 'string' ? settings : undefined);
    const zone = reply['zone'];
    await needs.heads.take(typeof zone === 'string' ? zone : undefined);
    return 'done';
  }

  return {
    hurry() {
      toldAt = Number.NEGATIVE_INFINITY;
    },
    async work(remote) {
      const enrolment = needs.enrolment();
      const { place } = needs.store.getState();
      const every = place ? countEveryMs : everyMs;
      if (!enrolment || monotonic() - toldAt < every) return 'done';
      return tell(remote, enrolment);
    },
  };
}

async function factsNow(needs: Needs): Promise<DeviceFacts> {
  const { store, clock, version } = needs;
  const phone = await needs.phone?.().catch(() => undefined);
  const [storage, battery] = await Promise.all([
    phone?.storage().catch(() => undefined),
    phone?.battery().catch(() => undefined),
  ]);
  const log = await seqs(needs);
  const state = store.getState();
  return {
    app: version,
    quality: clock.now().quality,
    ...log,
    onShift: state.shift !== undefined,
    ahead: needs.heads.ahead(),
    ...known(state),
    ...whole('usedBytes', storage?.usedBytes),
    ...whole('quotaBytes', storage?.quotaBytes),
    ...(battery && { battery: battery.percent, charging: battery.charging }),
  };
}

/** How far the log is; of one that cannot be read, what was known of it last. */
async function seqs({
  store,
  log,
  receipts,
}: Needs): Promise<Pick<DeviceFacts, 'head' | 'unsent'>> {
  try {
    const [{ seq: head }, receipt] = await Promise.all([log.head(), receipts.newest()]);
    return { head, unsent: Math.max(0, head - (receipt?.seq ?? 0)) };
  } catch {
    return { head: 0, unsent: store.getState().sync.unsynced };
  }
}

function known(state: AppState): Partial<DeviceFacts> {
  const { trust, clockSkewS, storageFault, desk, deskProblem } = state;
  return {
    ...(clockSkewS !== undefined && { skewS: Math.round(clockSkewS) }),
    ...whole('bundle', trust.bundle),
    ...whole('listIat', trust.listAt === undefined ? undefined : trust.listAt / 1000),
    ...(storageFault && { fault: storageFault }),
    ...whole('settings', desk?.iat),
    ...(deskProblem && { refused: deskProblem }),
  };
}

/** A browser's numbers may be anything. */
function whole<Name extends string>(
  name: Name,
  value: number | undefined,
): { readonly [N in Name]?: number } {
  const rounded = value === undefined ? Number.NaN : Math.round(value);
  const isOne = Number.isSafeInteger(rounded) && rounded >= 0;
  return (isOne ? { [name]: rounded } : {}) as { readonly [N in Name]?: number };
}
