import { checkVenueCode, type VenueTrouble } from '../../../core/place/check-venue-code.ts';
import { isVenueLink, venueFragment, venueLink } from '../../../core/place/venue-code.ts';
import type { TrustedNow } from '../../../core/time/trusted-now.ts';
import { type Bytes, epochMillis } from '../../../core/units.ts';
import type { ServerClock } from '../time/server-clock.ts';
import { createPosterTrust, type FetchFile } from './trust-files.ts';
import type { TrustKept } from './visit-store.ts';
import type { Found } from './visits-state.ts';

/** Says what a poster is, by what this phone keeps. Loaded late: nothing of it stands before a code. */
export interface PlaceChecker {
  /** `ownIssuer`: the scheme this page belongs to. */
  look(text: string, ownIssuer: string | undefined): Promise<Found>;
  /** The same of what stood after the `#` of a link that has led here. */
  lookAtFragment(fragment: string, ownIssuer: string | undefined): Promise<Found>;
  /** Trust files, so that a poster can be checked later without a network; those of today are kept. */
  keepFresh(): Promise<void>;
}

export interface PlaceCheckerNeeds {
  readonly clock: Pick<ServerClock, 'now' | 'isDoubted' | 'read'>;
  readonly store: TrustKept;
  readonly pinnedRoot: Bytes;
  readonly fetchFile: FetchFile;
  /** Host and port of this page. */
  readonly host: string;
}

/** Milliseconds for which files that have just been asked for are not asked for again. */
const restMs = 60_000;
/** So old files do for a phone that scans nothing: the list of a city is no small thing to fetch. */
const keptMs = 20 * 3_600_000;
/** So old ones are asked for anew before a poster is judged, as long as that takes no longer. */
const judgedMs = 3_600_000;
const patienceMs = 3000;
/** Newer files may say otherwise. */
const mayBeOldFiles: readonly VenueTrouble[] = [
  ...(['trust-missing', 'trust-expired', 'unknown-issuer', 'unknown-key', 'list-too-old'] as const),
];

export function createPlaceChecker(needs: PlaceCheckerNeeds): PlaceChecker {
  const { clock, host } = needs;
  const trust = createPosterTrust(needs.store, needs.pinnedRoot, needs.fetchFile);
  let askedAt = Number.NEGATIVE_INFINITY;
  let asking: Promise<void> | undefined;

  function refresh(): Promise<void> {
    asking ??= (async () => {
      const now = clock.isDoubted() ? undefined : clock.now();
      await trust.refresh(now).catch(() => undefined);
      askedAt = clock.read().monotonic;
    })().finally(() => {
      asking = undefined;
    });
    return asking;
  }

  const isOlder = async (ms: number): Promise<boolean> => {
    const [at, now] = [await trust.newestAt(), clock.now()];
    return at === undefined || now === undefined || now - at > ms;
  };
  const isRested = () => clock.read().monotonic - askedAt >= restMs;

  /** A clock that was never told, or was set back, decides nothing. */
  function reading(): TrustedNow {
    const at = clock.now();
    return at === undefined || clock.isDoubted()
      ? { at: at ?? epochMillis(0), quality: 'bad' }
      : { at, quality: 'held' };
  }

  const check = async (text: string) =>
    checkVenueCode(text, { now: reading(), trust: await trust.view() });

  async function look(text: string, ownIssuer: string | undefined): Promise<Found> {
    const there = hostOf(text);
    const otherHost = there === host ? {} : { ...(there !== undefined && { otherHost: there }) };
    if (!isVenueLink(text)) return { isGood: false, why: 'not-a-poster', ...otherHost };
    if (isRested() && (await isOlder(judgedMs)))
      await Promise.race([refresh(), timeOver(patienceMs)]);
    let found = await check(text);
    if (!found.good && mayBeOldFiles.includes(found.why) && isRested()) {
      await refresh();
      found = await check(text);
    }
    const name = found.code && { name: found.code.name };
    if (!found.good) return { isGood: false, why: found.why, ...otherHost, ...name };
    const isOurs = found.code.iss === ownIssuer;
    // no signature covers the link: ours leads here, and nowhere else
    if (isOurs && there !== host)
      return { isGood: false, why: 'other-host', ...otherHost, ...name };
    return { isGood: true, code: found.code, fragment: venueFragment(text), ...otherHost };
  }

  return {
    look,
    async keepFresh() {
      if (await isOlder(keptMs)) await refresh();
    },
    lookAtFragment: (fragment, ownIssuer) => look(venueLink(host, fragment), ownIssuer),
  };
}

/** Where a link leads, to be said aloud; the text itself is never opened. */
function hostOf(text: string): string | undefined {
  try {
    const { protocol, host } = new URL(text);
    return /^https?:$/.test(protocol) ? host : undefined;
  } catch {
    return undefined;
  }
}

const timeOver = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
