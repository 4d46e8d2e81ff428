import type { ScanMethod } from '../../../../core/log/entry.ts';
import { lookBody } from '../../../../core/log/scan-entry.ts';
import type { TrustedNow } from '../../../../core/time/trusted-now.ts';
import { openPass } from '../../../../core/verify/pipeline.ts';
import type { GateFacts } from '../../../../core/verify/venue-rules.ts';
import type { Verdict } from '../../../../core/verify/verdict.ts';
import { remember } from '../recent.ts';
import type { ScanNeeds, ShowCard } from '../show-card.ts';
import { presentedScan } from './presented-scan.ts';

interface Looked {
  readonly text: string;
  readonly method: ScanMethod;
  readonly now: TrustedNow;
  readonly gate: GateFacts;
}

/**
 * 查验不放行: the whole verdict on a code by which nobody is let in. It is in the log as a look, and the
 * memory of presentations is asked and told nothing, so that the scan that lets its holder in later is
 * the first. Nothing is learned from it either: not about this clock, nor about time.
 */
export async function lookAt(
  parts: ScanNeeds,
  { text, method, now, gate }: Looked,
  show: ShowCard,
): Promise<{ readonly seq: number; readonly verdict: Verdict }> {
  const { trust, presentations, writer, store, version } = parts;
  const opened = await openPass(text, { now, trust: trust.view(), gate, app: version });
  const verdict =
    'end' in opened
      ? opened.end
      : (await presentations.look(opened.genuine, { now, gate })).verdict;
  const body = lookBody(await presentedScan(parts, text, method, verdict, now));
  const entry = await writer.append(body, now);
  remember(store, entry);
  show({ verdict, at: now.at, seq: entry.seq, look: true });
  return { seq: entry.seq, verdict };
}
