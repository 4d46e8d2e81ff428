import type { Case, Fact } from '../../core/health/colour-rules.ts';
import type { Declaration } from '../../core/health/declaration.ts';
import type { EpochMillis } from '../../core/units.ts';
import type { Queries } from '../../node/database.ts';

/** A person as rules see them, and what is known of them already. */
export interface PersonCase {
  readonly person: string;
  readonly case: Case;
  readonly district: string | null;
  readonly declaredAt: number | null;
  readonly before: { readonly state: string | null; readonly notices: string } | undefined;
}

interface PersonRow {
  readonly id: string;
  readonly subject: string;
  readonly type: string;
  readonly birth_year: number | null;
  readonly judged: boolean;
  readonly state: string | null;
  readonly notices: string | null;
}
interface DeclarationRow {
  readonly person: string;
  readonly at: number;
  readonly district: string;
  readonly answers: string;
}
type FactRow = Fact & { readonly subject: string };

/** The cases of these people, in three questions however many they are. */
export async function casesOf(
  tx: Queries,
  persons: readonly string[],
  risks: ReadonlyMap<string, string>,
  now: EpochMillis,
): Promise<PersonCase[]> {
  const rows = await tx.query<PersonRow>(
    `select p.id, p.subject, p.type, p.birth_year, s.person is not null as judged, s.state, s.notices
     from persons p left join standings s on s.person = p.id where p.id = any($1) order by p.id`,
    [persons],
  );
  const declared = await tx.query<DeclarationRow>(
    `select distinct on (person) person, at, district, answers from declarations
     where person = any($1) order by person, day desc, nth desc`,
    [persons],
  );
  const told = await tx.query<FactRow>(
    `select subject, id, source, kind, value, district, at, until from facts
     where subject = any($1) and withdrawn_at is null order by source, id`,
    [rows.map(({ subject }) => subject)],
  );
  const facts = new Map<string, Fact[]>();
  for (const { subject, ...fact } of told)
    facts.set(subject, [...(facts.get(subject) ?? []), fact]);
  const declarations = new Map(declared.map((row) => [row.person, row]));
  const year = new Date(now).getUTCFullYear();
  return rows.map((row) => {
    const own = declarations.get(row.id);
    return {
      person: row.id,
      district: own?.district ?? null,
      declaredAt: own?.at ?? null,
      before: row.judged ? { state: row.state, notices: row.notices ?? '[]' } : undefined,
      case: {
        type: row.type,
        age: row.birth_year === null ? null : year - row.birth_year,
        facts: facts.get(row.subject) ?? [],
        declaration: own === undefined ? null : declarationOf(own, risks),
      },
    };
  });
}

/** Where the phone was is left out: a hint for people, never a reason for a colour. */
function declarationOf(
  { at, district, answers }: DeclarationRow,
  risks: ReadonlyMap<string, string>,
): Case['declaration'] {
  const said = JSON.parse(answers) as Pick<
    Declaration,
    'symptoms' | 'contact' | 'abroad' | 'travel'
  >;
  const riskOf = (code: string) => risks.get(code) ?? 'unknown';
  return {
    ...{ at: Math.floor(at / 1000), district, risk: riskOf(district) },
    ...{ symptoms: said.symptoms, contact: said.contact, abroad: said.abroad },
    travel: said.travel.map((code) => ({ district: code, risk: riskOf(code) })),
  };
}
