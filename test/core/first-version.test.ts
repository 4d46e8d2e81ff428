import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { utf8 } from '../../src/core/bytes.ts';
import { openBatch } from '../../src/core/log/batch.ts';
import { checkChain } from '../../src/core/log/chain.ts';
import { emptyHead } from '../../src/core/log/entry.ts';
import { parseEntry } from '../../src/core/log/entry-schema.ts';
import { checkExport } from '../../src/core/log/export/check-export.ts';
import { openExport } from '../../src/core/log/export/export-json.ts';
import { es256 } from '../../src/core/suite.ts';
import { epochMillis, epochSeconds } from '../../src/core/units.ts';
import { verifyPass } from '../../src/core/verify/pipeline.ts';
import type { FirstVersion } from '../support/first-version.ts';
import { home } from '../support/passes.ts';
import { accept, demoFiles } from '../support/trust-sets.ts';

const first: FirstVersion = JSON.parse(
  readFileSync(new URL('../fixtures/first-version.json', import.meta.url), 'utf8'),
);

test('every entry the first version wrote is read as it is, and its chain holds', async () => {
  for (const entry of first.entries) expect(parseEntry(entry)).toBe(entry);
  expect((await checkChain(first.entries, emptyHead)).ok).toBe(true);
});

test('a batch the first version signed is opened, with nothing wrong in it', async () => {
  const key = await es256.importPublicKey(first.jwk);
  const opened = await openBatch(first.batch, async () => key);
  const entries = opened.ok ? opened.value.entries : [];
  expect(entries.map(({ entry, problem }) => ({ entry, problem }))).toEqual(
    first.entries.map((entry) => ({ entry, problem: undefined })),
  );
});

test('an export of the first version still verifies', async () => {
  const opened = await openExport(utf8(first.export));
  if (!opened.ok) throw new Error(opened.error);
  const report = await checkExport(opened.value);
  expect([report.signed, report.problem]).toEqual([true, undefined]);
});

test('a trust set of the first version is in force, and its passes are judged as they were', async () => {
  const { at, bundle, lists } = first.trust;
  const { pinnedRoot } = await demoFiles();
  const { view } = await accept({ pinnedRoot, roots: [], bundle: utf8(bundle), lists });
  const context = {
    now: { at: epochMillis((epochSeconds(at) + 5) * 1000), quality: 'synced' },
    trust: view,
    gate: home,
  } as const;
  const ending = async (text: string) => {
    const { state, reason } = await verifyPass(text, context);
    return `${state}/${reason}`;
  };
  for (const text of first.passes.live) expect(await ending(text)).toBe('pass/admitted');
  for (const text of first.passes.paper) expect(await ending(text)).toBe('check/paper-check-id');
});
