import type { ReasonClass } from '../../core/health/colour-rules.ts';
import type { DocumentType } from '../../core/health/documents.ts';
import { maskName, maskNumber } from '../../core/health/masks.ts';
import type { Queries } from '../../node/database.ts';
import type { ColumnCipher } from '../privacy/column-cipher.ts';
import { readIdentity } from '../store/persons.ts';

/** Whom a code is of, as far as a code may say it, and the state it is to show. */
export interface Bearer {
  readonly person: string;
  readonly maskedName: string;
  readonly maskedId: string;
  readonly state: string;
  readonly notices: readonly string[];
}

/** Why there is no code: nothing declared yet, or a rule could not be worked out. */
export type NoCode = 'declare-first' | 'state-unknown';

interface Row {
  readonly id: string;
  readonly type: DocumentType;
  readonly name: Uint8Array;
  readonly number: Uint8Array;
  readonly state: string | null;
  readonly notices: string | null;
  readonly declared_at: number | null;
  /** Whether there is a standing at all: none before the authority has its first rules. */
  readonly is_judged: boolean;
}

export async function bearerOf(
  sql: Queries,
  person: string,
  cipher: ColumnCipher,
): Promise<Bearer | NoCode> {
  const [row] = await sql.query<Row>(
    `select p.id, p.type, p.name, p.number, s.state, s.notices, s.declared_at,
       s.person is not null as is_judged
     from persons p left join standings s on s.person = p.id where p.id = $1`,
    [person],
  );
  if (!row) return 'declare-first';
  const declaredAt = row.is_judged ? row.declared_at : await declaredAtOf(sql, person);
  if (declaredAt === null) return 'declare-first';
  if (row.state === null) return 'state-unknown';
  const { name, number } = readIdentity(row, cipher);
  return {
    person,
    maskedName: maskName(name),
    maskedId: maskNumber(number),
    state: row.state,
    notices: JSON.parse(row.notices ?? '[]') as string[],
  };
}

/** Of somebody whom nobody has judged yet. */
async function declaredAtOf(sql: Queries, person: string): Promise<number | null> {
  const [row] = await sql.query<{ at: number | null }>(
    'select max(at) as at from declarations where person = $1',
    [person],
  );
  return row?.at ?? null;
}

/** A state with what made it, for the person it is of: classes and ends, no source and no fact. */
export interface Explained {
  readonly state: string | null;
  readonly notices: readonly string[];
  readonly because: readonly {
    readonly class: ReasonClass;
    readonly rule: string;
    readonly until?: number;
  }[];
  readonly until: number | null;
  readonly declaredAt: number | null;
}

export async function explain(sql: Queries, person: string): Promise<Explained> {
  const [row] = await sql.query<{
    state: string | null;
    notices: string;
    because: string;
    until: number | null;
    declared_at: number | null;
  }>('select state, notices, because, until, declared_at from standings where person = $1', [
    person,
  ]);
  if (!row) {
    const declaredAt = await declaredAtOf(sql, person);
    return { state: null, notices: [], because: [], until: null, declaredAt };
  }
  const because = JSON.parse(row.because) as Explained['because'];
  return {
    ...{ state: row.state, notices: JSON.parse(row.notices) as string[], until: row.until },
    because: because.map((one) => ({
      ...{ class: one.class, rule: one.rule },
      ...(one.until !== undefined && { until: one.until }),
    })),
    declaredAt: row.declared_at,
  };
}
