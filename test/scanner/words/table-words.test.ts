import { describe, expect, it } from 'vitest';
import { supervisorActs } from '../../../src/core/log/entry.ts';
import { manualCategories } from '../../../src/core/log/manual.ts';
import { overrideReasons, refusals, scannedWiths } from '../../../src/core/log/outcome.ts';
import { hubColumns } from '../../../src/core/table/table.ts';
import { reasonStates } from '../../../src/core/verify/verdict.ts';
import { tableWords } from '../../../src/scanner/words/table-words.ts';
import { translator } from '../../../src/scanner/words/translate.ts';
import { headers as heads, labels } from '../../../src/words/log/table-words.ts';

const types = [
  'scan',
  'decision',
  'manual',
  'shift-start',
  'shift-end',
  'clock',
  'trust',
  'export',
  'purge',
  'supervisor',
];
const said = [
  ['quality', ['synced', 'held', 'unconfirmed', 'bad']],
  ['type', types],
  ['event', [...supervisorActs, 'set-back', 'jumped-ahead', 'synced']],
  ['method', ['camera', 'wedge', 'picture']],
  ['kind', ['live', 'credential', 'paper']],
  ['state', ['pass', 'check', 'stop', 'unknown']],
  ['finalState', ['pass', 'check', 'stop', 'unknown']],
  ['reason', Object.keys(reasonStates)],
  ['finalReason', [...Object.keys(reasonStates), ...refusals]],
  ['category', manualCategories],
  ['note', refusals],
  ['outcome', ['admitted', 'refused', 'not-recorded']],
  ['by', ['scanner', 'guard', 'supervisor']],
  ['why', [...refusals, ...overrideReasons]],
  ['scannedWith', scannedWiths],
] as const;

describe.each(['zh-CN', 'zh-TW', 'en'] as const)('the exported table in %s', (language) => {
  it('has a heading of its own for every column', async () => {
    const { headers } = await tableWords(language);
    expect(new Set(Object.values(headers)).size).toBe(hubColumns.length);
  });

  it('says every code in words', async () => {
    const { format } = await tableWords(language);
    for (const [column, codes] of said) {
      for (const code of codes) expect([code, format?.(column, code)]).not.toContain(undefined);
    }
    expect(format?.('admitted', true)).not.toBe(format?.('admitted', false));
  });

  it('names a thing as the printed report and the buttons do', async () => {
    const { format } = await tableWords(language);
    const t = translator(language);
    for (const column of ['gate', 'guard', 'device', 'shift', 'app', 'outcome', 'by'] as const)
      expect(heads[column][language]).toBe(t(`paper.${column}`));
    for (const label of ['admitted', 'refused', 'notRecorded'] as const)
      expect(labels[label][language]).toBe(t(`paper.${label}`));
    expect(labels.fever[language]).toBe(t('temp.high'));
    expect(labels.byHand[language]).toBe(t('bar.manual'));
    expect(format?.('type', 'manual')).toBe(t('bar.manual'));
    expect(format?.('outcome', 'not-recorded')).toBe(t('paper.notRecorded'));
    for (const why of [...refusals, ...overrideReasons])
      expect(format?.('why', why)).toBe(t(`why.${why}`));
  });

  it('leaves what it has no words for as it was logged', async () => {
    const { format } = await tableWords(language);
    for (const value of ['constructor', 'x', 'scan.title']) {
      for (const column of hubColumns) expect(format?.(column, value)).toBeUndefined();
    }
    expect(format?.('temperatureC', 36.6)).toBeUndefined();
  });
});
