import { readFolder } from '../../../src/authority/trust-folder.ts';
import { checkVenueCode, type VenueFinding } from '../../../src/core/place/check-venue-code.ts';
import { acceptTrust, noMarks } from '../../../src/core/trust/accept.ts';
import type { TrustView } from '../../../src/core/trust/view.ts';
import { epochMillis, toSeconds } from '../../../src/core/units.ts';
import { admitPass, openPass, verifyPass } from '../../../src/core/verify/pipeline.ts';
import type { GateFacts, Temperature } from '../../../src/core/verify/venue-rules.ts';
import type { Sighting, Verdict } from '../../../src/core/verify/verdict.ts';
import { home } from '../passes.ts';
import type { TestAuthority } from './test-authority.ts';

interface Scan {
  readonly ageS?: number;
  readonly gate?: GateFacts;
  readonly temperature?: Temperature;
}

/** A gate that has just synced and remembers what it has seen, as the scan session does: `state/reason`. */
export function gateMemory(at: TestAuthority, gate: GateFacts = home) {
  const known = new Map<string, Sighting>();
  return async (text: string): Promise<string> => {
    const scene = { now: { at: at.clock.wall(), quality: 'synced' as const }, gate };
    const opened = await openPass(text, { ...scene, trust: await syncedTrust(at) });
    if ('end' in opened) return `${opened.end.state}/${opened.end.reason}`;
    const seen = (key: string) => known.get(key);
    const { verdict, sightings } = admitPass(opened.genuine, { ...scene, seen });
    for (const [key, sighting] of sightings) known.set(key, sighting);
    return `${verdict.state}/${verdict.reason}`;
  };
}

async function syncedTrust(at: TestAuthority): Promise<TrustView> {
  const { roots, bundle, lists } = await readFolder(at.folder);
  const [pinnedRoot, ...next] = roots;
  if (!pinnedRoot || !bundle) throw new Error('nothing is published');
  const files = { pinnedRoot, roots: next, bundle, lists };
  const accepted = await acceptTrust(files, noMarks, toSeconds(at.clock.wall()));
  if (!accepted.ok) throw new Error(`${accepted.error.file} ${accepted.error.problem}`);
  return accepted.value.view;
}

/** What a scanner that has just synced says of a code, `ageS` after now. */
export async function scanned(
  at: TestAuthority,
  text: string,
  { ageS = 3, gate = home, temperature }: Scan = {},
): Promise<Verdict> {
  const now = at.clock.wall();
  return verifyPass(text, {
    now: { at: epochMillis(now + ageS * 1000), quality: 'synced' },
    trust: await syncedTrust(at),
    gate,
    ...(temperature !== undefined && { temperature }),
  });
}

/** The same as `state/reason`. */
export async function said(...args: Parameters<typeof scanned>): Promise<string> {
  const { state, reason } = await scanned(...args);
  return `${state}/${reason}`;
}

/** What a scanner that has just synced says of a poster. */
export async function posterFound(at: TestAuthority, text: string): Promise<VenueFinding> {
  const now = { at: at.clock.wall(), quality: 'synced' as const };
  return checkVenueCode(text, { now, trust: await syncedTrust(at) });
}

/** The same as one word: `good`, or why not. */
export async function posterSaid(at: TestAuthority, text: string): Promise<string> {
  const found = await posterFound(at, text);
  return found.good ? 'good' : found.why;
}
