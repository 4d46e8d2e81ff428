import type { Authority } from '../../authority/publisher.ts';
import type { TableWords } from '../../core/table/table.ts';
import type { Language } from '../../core/terms.ts';
import { type EpochMillis, toSeconds } from '../../core/units.ts';
import { findLogWord } from '../../words/log/log-words.ts';
import { tableWordsOf } from '../../words/log/table-words.ts';
import { issuersIn } from '../live/issuer-names.ts';

/** Headings and words of a table in a language, issuers as the bundle in force calls them. */
export async function hubTableWords(
  authority: Pick<Authority, 'bundle'>,
  now: EpochMillis,
  { language, aheadOfUtc }: { language: Language; aheadOfUtc: (at: number) => number },
): Promise<TableWords> {
  // without a bundle records go out all the same, issuers by their ids
  const file = await authority.bundle(toSeconds(now)).catch(() => undefined);
  const issuers = new Map(file ? issuersIn(file).map((one) => [one.id, one]) : []);
  return {
    ...tableWordsOf(language, (key) => findLogWord(language, key)),
    aheadOfUtc,
    issuerName: (code) => issuers.get(code)?.name[language],
    statusName: (code, status) => {
      const states = issuers.get(code)?.states ?? {};
      return Object.hasOwn(states, status) ? states[status]?.label[language] : undefined;
    },
  };
}
