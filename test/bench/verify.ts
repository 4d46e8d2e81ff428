/**
 * `npm run bench:verify -- [--rounds N] [--json FILE]`: what a verdict costs beside the bare calls it
 * needs, in one run and interleaved, and what a status list of a whole country costs.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { compactVerify } from 'jose';
import { publicHalf } from '../../src/authority/keys.ts';
import { type CoseSign1, parseCoseSign1, sigStructure } from '../../src/core/pass/cose.ts';
import { es256 } from '../../src/core/suite.ts';
import { epochMillis } from '../../src/core/units.ts';
import { verifyPass } from '../../src/core/verify/pipeline.ts';
import { at, cwt, demoView, home, jwt, keys, offline, sign1 } from '../support/passes.ts';
import { benchLists } from './status-lists.ts';

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '40' }, json: { type: 'string' } },
});
const rounds = Number(values.rounds);
const perRound = 50;

const median = (numbers: readonly number[]): number =>
  [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;

const trust = await demoView();
const now = { at: epochMillis(at * 1000 + 3000), quality: 'synced' } as const;
const context = { now, trust, gate: home, seen: () => undefined };

const live = keys.issuers['CN-TJ']?.live;
const bytes = await sign1();
const parsed = parseCoseSign1(bytes);
if (!live || !parsed) throw new Error('cannot be measured');
const key = await es256.importPublicKey(publicHalf(live));
const covered = sigStructure(parsed.raw.protectedHeader, new Uint8Array(), parsed.raw.payload);
const texts = { cwt: await cwt(), jwt: await jwt(), offline: await offline() };

const bareVerify = ({ signature }: CoseSign1) =>
  crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, key, signature, covered);
const decide = async (text: string) => {
  const { state } = await verifyPass(text, context);
  if (state !== 'pass') throw new Error(`the benchmark's own pass ended in ${state}`);
};

/** What is timed: one call each, awaited. */
const subjects: Record<string, () => Promise<unknown>> = {
  'crypto.subtle.verify': () => bareVerify(parsed),
  'two verifies': async () => {
    await bareVerify(parsed);
    await bareVerify(parsed);
  },
  'two verifies and an import': async () => {
    await bareVerify(parsed);
    await bareVerify(parsed);
    await es256.importPublicKey(publicHalf(live));
  },
  'jose compactVerify': () => compactVerify(texts.jwt, key, { algorithms: ['ES256'] }),
  'verifyPass CWT': () => decide(texts.cwt),
  'verifyPass JWT': () => decide(texts.jwt),
  'verifyPass credential + stamp': () => decide(texts.offline),
};

const samples = new Map(Object.keys(subjects).map((name) => [name, [] as number[]]));
for (let round = -5; round < rounds; round++) {
  for (const [name, subject] of Object.entries(subjects)) {
    const start = performance.now();
    for (let n = 0; n < perRound; n++) await subject();
    if (round >= 0) samples.get(name)?.push(((performance.now() - start) * 1000) / perRound);
  }
}

const medians = Object.fromEntries([...samples].map(([name, list]) => [name, median(list)]));
const us = (name: string) => medians[name] ?? Number.NaN;
const over = (name: string, bare: string) => us(name) / us(bare);
/** A stamp needs its holder's key imported: new to us each time. */
const ratios = {
  'CWT / the calls it needs': over('verifyPass CWT', 'crypto.subtle.verify'),
  'JWT / the calls it needs': over('verifyPass JWT', 'crypto.subtle.verify'),
  'credential + stamp / the calls it needs': over(
    'verifyPass credential + stamp',
    'two verifies and an import',
  ),
  'credential + stamp / two verifies': over('verifyPass credential + stamp', 'two verifies'),
  'JWT / jose compactVerify': over('verifyPass JWT', 'jose compactVerify'),
};

const rounded = (record: Record<string, number>, digits: number) =>
  Object.fromEntries(
    Object.entries(record).map(([name, value]) => [name, Number(value.toFixed(digits))]),
  );
const lists = await benchLists();
const report = {
  node: process.version,
  rounds,
  perRound,
  microseconds: rounded(medians, 1),
  ratios: rounded(ratios, 2),
  lists,
};
console.table(report.microseconds);
console.table(report.ratios);
console.table(lists);
if (values.json) writeFileSync(values.json, `${JSON.stringify(report, undefined, 2)}\n`);
