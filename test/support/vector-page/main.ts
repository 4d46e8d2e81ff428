import { fromBase64url } from '../../../src/core/base64url.ts';
import { acceptTrust, noMarks, type TrustFiles } from '../../../src/core/trust/accept.ts';
import type { TrustView } from '../../../src/core/trust/view.ts';
import { verifyPass } from '../../../src/core/verify/pipeline.ts';
import { contextWith, type VectorCase } from '../vector-context.ts';

/** A trust set as text, to be handed to the page. */
export interface PackedTrust {
  readonly pinnedRoot: string;
  readonly bundle: string;
  readonly lists: TrustFiles['lists'];
}
export type Judge = (
  cases: readonly VectorCase[],
  sets: Readonly<Record<string, PackedTrust>>,
) => Promise<string[]>;

const judge: Judge = async (cases, sets) => {
  const views = new Map<string, TrustView>();
  for (const [name, { pinnedRoot, bundle, lists }] of Object.entries(sets)) {
    const files = { pinnedRoot: bytes(pinnedRoot), roots: [], bundle: bytes(bundle), lists };
    const accepted = await acceptTrust(files, noMarks);
    if (accepted.ok) views.set(name, accepted.value.view);
  }
  const verdicts = [];
  for (const one of cases) {
    const view = views.get(one.trust);
    const verdict = view && (await verifyPass(one.text, contextWith(one, view)));
    verdicts.push(verdict ? `${verdict.state}/${verdict.reason}` : 'no trust');
  }
  return verdicts;
};

function bytes(text: string) {
  const decoded = fromBase64url(text);
  if (!decoded) throw new RangeError('not base64url');
  return decoded;
}

Object.assign(globalThis, { judge });
