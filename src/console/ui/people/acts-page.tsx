import type { ActRow } from '../../../core/console/answers.ts';
import { readAreas } from '../../../core/console/areas.ts';
import type { Query } from '../../app/query.ts';
import type { Answer } from '../../app/remote.ts';
import { en } from '../../words/en.ts';
import type { Translate } from '../../words/translate.ts';
import { areasText } from '../account/areas-text.ts';
import { DataTable } from '../parts/data-table.tsx';
import css from '../parts/desk.module.css';
import { LoadedPages } from '../parts/loaded-pages.tsx';
import { useConsole, useQuery, useWords, type Words } from '../use-console.ts';

export interface Acts {
  readonly acts: readonly ActRow[];
}
const aPage = 100;

/** Who did what, the newest first. */
export function ActsPage() {
  const desk = useConsole();
  const { t } = useWords();
  const query = useQuery<Acts>('/acts');
  return <ActLog query={query} load={(path) => desk.load(`/acts${path}`)} how={t('acts.how')} />;
}

interface Props {
  query: Query<Acts> & { readonly refresh: () => Promise<void> };
  load(query: string): Promise<Answer<Acts>>;
  /** By what its chain is checked. */
  how: string;
}

/** A log of acts, the hub's or the issuing side's. */
export function ActLog({ query, load, how }: Props) {
  const { t } = useWords();
  const next = ({ acts }: Acts) => {
    const last = acts.length < aPage ? undefined : acts.at(-1);
    return last && (() => load(`?before=${last.seq}`));
  };
  return (
    <LoadedPages query={query} next={next}>
      {(pages, older) => {
        const acts = pages.flatMap((page) => page.acts);
        return (
          <div className={css['box']}>
            {acts.length === 0 ? <p>{t('acts.none')}</p> : <ActTable acts={acts} />}
            {older}
            <p className={css['hint']}>{how}</p>
          </div>
        );
      }}
    </LoadedPages>
  );
}

function ActTable({ acts }: Acts) {
  const words = useWords();
  const { t, f } = words;
  return (
    <DataTable
      rows={acts}
      keyOf={({ seq }) => seq}
      columns={[
        { head: t('acts.when'), cell: ({ at }) => f.stamp(at) },
        { head: t('acts.who'), cell: ({ by }) => whoText(t, by) },
        { head: t('acts.what'), cell: ({ act }) => actText(t, act) },
        { head: t('acts.about'), cell: ({ facts }) => factsText(words, facts) || '—' },
      ]}
    />
  );
}

function whoText(t: Translate, by: ActRow['by']): string {
  if (by === 'command-line') return t('acts.commandLine');
  return by === 'nobody' ? t('acts.nobody') : by.name;
}

/** An act of a later version is called what the hub calls it. */
const actText = (t: Translate, act: string): string =>
  Object.hasOwn(en, `act.${act}`) ? t(`act.${act}` as 'act.signed-in') : act;

/** Names rather than ids, roles and areas in words, and what else is said as it stands. */
function factsText(
  { t, f }: Words,
  { operator: _, role, areas, from, to, until, ...facts }: ActRow['facts'],
): string {
  const isRole = typeof role === 'string' && Object.hasOwn(en, `role.${role}`);
  const known = [
    ...(isRole ? [t(`role.${role}` as 'role.admin')] : []),
    ...(areas !== undefined ? [areasText(t, readAreas(areas))] : []),
  ];
  // the issuing side tells the end of a code in seconds
  const end = typeof until === 'number' ? until * 1000 : until;
  const times = [from, to, end].flatMap((at) =>
    typeof at === 'number' ? [f.stamp(at)] : at === undefined ? [] : [String(at)],
  );
  const rest = Object.values(facts)
    .filter((value) => value !== null && value !== '')
    .map((value) => (Array.isArray(value) ? value.join(', ') : String(value)));
  return [...rest, ...times, ...known].join(' · ');
}
