import { epochMillis } from '../../src/core/units.ts';
import { verifyPass } from '../../src/core/verify/pipeline.ts';
import {
  at,
  cwt,
  dayClaims,
  demoView,
  good,
  home,
  jwt,
  offline,
  paper,
  signer,
} from '../support/passes.ts';
import { mutate, seeded, twin } from './mutations.ts';

export interface FuzzReport {
  readonly cases: number;
  /** Texts that came out as they went in. */
  readonly unchanged: number;
  /** Minted texts with the other signature that fits, (r, n − s): good by ECDSA, one presentation. */
  readonly twins: number;
  /** Other texts whose signature was found good, or that passed: must be none. */
  readonly forged: readonly string[];
  /** Rejections, and exceptions the pipeline had to catch: must be none. */
  readonly broken: readonly string[];
  readonly endings: Readonly<Record<string, number>>;
}

async function mintPool(): Promise<string[]> {
  const hebei = await signer('live', 'CN-HE');
  const rounds = Array.from({ length: 12 }, () => [
    cwt(),
    jwt(),
    offline(),
    paper(),
    cwt({ claims: good({ iss: 'CN-HE' }), by: hebei }),
    jwt({ claims: good({ iss: 'CN-HE' }), by: hebei }),
    cwt({ claims: good({ aud: home.id, hc: { st: 'r', nt: ['a1'], rh: true } }) }),
    offline({ credential: {} }),
  ]);
  const day = dayClaims();
  const by = await signer('credential');
  const stamps = [1, 2, 3].map(() => offline({ credential: { typ: 'kc', by, claims: day } }));
  return Promise.all([...rounds.flat(), ...stamps]);
}

/** Shows `cases` bent passes to the scanner. */
export async function fuzz(cases: number, seed: number): Promise<FuzzReport> {
  const random = seeded(seed);
  const pool = await mintPool();
  const minted = new Set(pool);
  const twinned = new Set(pool.map(twin));
  const trust = await demoView();
  const now = { at: epochMillis(at * 1000 + 3000), quality: 'synced' } as const;
  const endings: Record<string, number> = {};
  const [forged, broken]: [string[], string[]] = [[], []];
  let [unchanged, twins] = [0, 0];
  for (let n = 0; n < cases; n++) {
    const text = mutate(pool[random(pool.length)] ?? '', pool, random);
    const verdict = await verifyPass(text, { now, trust, gate: home }).catch(() => undefined);
    const ending = verdict ? `${verdict.state}/${verdict.reason}` : 'rejected';
    endings[ending] = (endings[ending] ?? 0) + 1;
    if (!verdict || verdict.reason === 'internal-error') broken.push(text);
    if (minted.has(text)) unchanged++;
    else if (twinned.has(text)) twins++;
    else if (verdict?.pass || verdict?.state === 'pass') forged.push(text);
  }
  return { cases, unchanged, twins, forged, broken, endings };
}
