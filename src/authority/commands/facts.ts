import * as v from 'valibot';
import { fromUtf8, sha256Hex } from '../../core/bytes.ts';
import { type PublicJwk, publicJwk } from '../../core/jwk.ts';
import { refusal, usageError } from '../../node/command-error.ts';
import { needed } from '../../node/command-values.ts';
import { recordAct } from '../../node/store/act-log.ts';
import { signFactFile } from '../facts/fact-file.ts';
import { importFacts } from '../facts/import-facts.ts';
import { endSource, listSources, putSource } from '../facts/sources.ts';
import { namedKey, signerOf } from '../keys.ts';
import { command, withData } from './command.ts';

const word = /^[\w-]{1,32}$/;
const publicKey = v.pipe(
  v.string(),
  v.parseJson(),
  v.union([
    publicJwk,
    v.pipe(
      namedKey,
      v.transform(({ jwk: { d: _, ...jwk } }) => jwk),
    ),
  ]),
);

/** Who may tell facts. */
export const sources = command(
  `sources [ID] [--name NAME --key FILE --kinds KIND,KIND] [--end]
          lists who may tell facts; with an ID it adds that source, with its public key (JWK) and the
          kinds of fact it may tell, or ends it`,
  {
    name: { type: 'string' },
    key: { type: 'string' },
    kinds: { type: 'string' },
    end: { type: 'boolean' },
  },
  ['[ID]'],
  (values, [id], readFile) => {
    if (id === undefined)
      return (desk, place) =>
        withData(desk, place, async (sql) => {
          const known = await listSources(sql);
          const line = (one: (typeof known)[number]) =>
            `${one.id}  ${one.name}  ${one.kinds.join(', ')}${one.ended ? '  ended' : ''}`;
          return { say: known.map(line), facts: { sources: known } };
        });
    if (!word.test(id)) throw usageError('ID is 1 to 32 letters, digits, _ and -');
    const source = values.end ? undefined : readSource(id, values, readFile);
    return (desk, place) =>
      withData(desk, place, (sql) =>
        sql.transaction(async (tx) => {
          const now = desk.now();
          if (source) await putSource(tx, source, now);
          else if (!(await endSource(tx, id, now))) throw refusal(`there is no source ${id}`);
          const act = source ? 'source-added' : 'source-ended';
          await recordAct(tx, { at: now, by: 'command-line', act, facts: { source: id } });
          return {
            say: [`${id} ${source ? 'may tell facts' : 'has ended'}`],
            facts: { source: id },
          };
        }),
      );
  },
);

function readSource(
  id: string,
  values: { readonly name?: string; readonly key?: string; readonly kinds?: string },
  readFile: (path: string) => Buffer,
) {
  const kinds = needed('--kinds', values.kinds).split(',');
  if (!kinds.every((kind) => /^[\w-]{1,16}$/.test(kind)))
    throw usageError('--kinds takes words of 1 to 16 letters');
  const file = needed('--key', values.key);
  const parsed = v.safeParse(publicKey, fromUtf8(read(file, readFile)) ?? '');
  if (!parsed.success) throw usageError(`${file} holds no key (JWK, P-256)`);
  const jwk: PublicJwk = parsed.output;
  return { id, name: needed('--name', values.name), jwk, kinds };
}

/** Takes a source's signed file in. */
export const facts = command(
  `facts FILE
          takes a source's signed file in: what is rejected is told by line, and the same file again
          changes nothing`,
  {},
  ['FILE'],
  (_, [file = ''], readFile) => {
    const text = fromUtf8(read(file, readFile)) ?? '';
    return (desk, place) =>
      withData(desk, place, async (sql, cipher) => {
        const needs = { sql, cipher: cipher(), now: desk.now(), by: 'command-line' } as const;
        const done = await importFacts(text, needs);
        if (!done.ok) throw refusal(`${file} was not taken (${done.error})`);
        const { taken, duplicates, withdrawn, rejected, changed, replayed } = done.value;
        return {
          say: [
            `${taken} taken, ${duplicates} known, ${withdrawn} withdrawn, ${rejected.length} rejected`,
            ...rejected.slice(0, 100).map(({ line, problem }) => `line ${line}: ${problem}`),
            ...(replayed ? ['this file had come before; nothing was changed'] : []),
            `${changed.worse} people became stricter, ${changed.better} milder`,
          ],
          facts: done.value,
        };
      });
  },
);

/** For a source: signs a file of lines by its own key. */
export const signFacts = command(
  `sign-facts FILE --source ID --key FILE [--batch NAME]
          for a source: signs a CSV or JSON lines by its key, and prints what facts takes in`,
  { source: { type: 'string' }, key: { type: 'string' }, batch: { type: 'string' } },
  ['FILE'],
  (values, [file = ''], readFile) => {
    const source = needed('--source', values.source);
    const text = fromUtf8(read(file, readFile));
    const keyText = fromUtf8(read(needed('--key', values.key), readFile));
    const key = v.safeParse(v.pipe(v.string(), v.parseJson(), namedKey), keyText ?? '');
    if (!key.success || text === undefined || !word.test(source))
      throw usageError('it takes UTF-8 text, a source and a key with its private half');
    const format = file.endsWith('.csv') ? 'csv' : 'jsonl';
    return async (desk) => {
      const batch = values.batch ?? (await sha256Hex(text)).slice(0, 32);
      const iat = Math.floor(desk.now() / 1000);
      const signer = await signerOf(key.output);
      const signed = await signFactFile({ source, batch, format, iat, text }, signer);
      return { say: [signed], facts: { batch, signed } };
    };
  },
);

function read(file: string, readFile: (path: string) => Buffer): Buffer {
  try {
    return readFile(file);
  } catch {
    throw usageError(`${file} cannot be read`);
  }
}
