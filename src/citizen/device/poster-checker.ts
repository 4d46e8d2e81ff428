import rootFile from '../../../keys/root.1.json?raw';
import { utf8 } from '../../core/bytes.ts';
import {
  createPlaceChecker,
  type PlaceChecker,
  type PlaceCheckerNeeds,
} from '../app/visits/place-checker.ts';
import type { FetchFile } from '../app/visits/trust-files.ts';
import type { TrustKept } from '../app/visits/visit-store.ts';

/** A list of millions on a slow line takes its time; the code on screen does not wait for it. */
const patienceMs = 120_000;

const fetchFile: FetchFile = async (path, maxBytes) => {
  const waiting = new AbortController();
  const timer = setTimeout(() => waiting.abort(), patienceMs);
  try {
    // the browser keeps it, and asks whether it is still the same
    const answer = await fetch(`/authority/trust/${path}`, {
      ...{ cache: 'no-cache', credentials: 'omit', signal: waiting.signal },
    });
    if (!answer.ok) return undefined;
    const bytes = new Uint8Array(await answer.arrayBuffer());
    return bytes.length <= maxBytes ? bytes : undefined;
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
  }
};

/** What checks posters on this phone, by the root that is compiled in. */
export const posterChecker = (clock: PlaceCheckerNeeds['clock'], store: TrustKept): PlaceChecker =>
  createPlaceChecker({
    ...{ clock, store, fetchFile, pinnedRoot: utf8(rootFile), host: location.host },
  });
