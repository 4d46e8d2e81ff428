import { createHash } from 'node:crypto';
import type { Authority } from '../../authority/publisher.ts';
import { hubExportFormat } from '../../core/log/export/hub-export.ts';
import { type EpochMillis, toSeconds } from '../../core/units.ts';
import type { Queries } from '../../node/database.ts';
import { peoplePages } from '../store/console/people-pages.ts';
import type { EntryFilter } from '../store/console/search.ts';

export interface SignedOptions {
  readonly filter: EntryFilter;
  readonly at: EpochMillis;
  /** What was asked for, as the first line says it. */
  readonly asked: Readonly<Record<string, string | number>>;
  readonly authority: Pick<Authority, 'signExport'>;
  /** Why this hub dates nothing now; undefined where it does. */
  readonly doubt: string | undefined;
}

/**
 * The entries as they were signed, one a line of JSON, and in the last line the hub's signature over all
 * before it: protocol 14. Where the hub's clock is in doubt the last line says so instead: what is kept
 * can be taken out whatever the clock.
 */
export async function* signedLines(
  sql: Queries,
  { filter, at, asked, authority, doubt }: SignedOptions,
): AsyncGenerator<Uint8Array, void, undefined> {
  const hash = createHash('sha256');
  let entries = 0;
  const out = (text: string): Uint8Array => {
    const bytes = Buffer.from(text);
    hash.update(bytes);
    return bytes;
  };
  yield out(`${JSON.stringify({ format: hubExportFormat, at, asked })}\n`);
  for await (const page of peoplePages(sql, filter)) {
    const lines = page.entries.map(({ seq, receivedAt, trusted, text }) => {
      const said = JSON.stringify({ device: page.device, seq, receivedAt, trusted });
      // as the device signed it, to the byte
      return `${said.slice(0, -1)},"entry":${text}}\n`;
    });
    entries += lines.length;
    yield out(lines.join(''));
  }
  const sha256 = hash.digest('hex');
  const end =
    doubt === undefined
      ? { signed: JSON.parse(await authority.signExport({ entries, sha256, t: toSeconds(at) })) }
      : { signed: null, why: doubt };
  yield Buffer.from(`${JSON.stringify(end)}\n`);
}
