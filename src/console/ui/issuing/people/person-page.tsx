import { useState } from 'react';
import type { FoundPerson } from '../../../../core/health/desk-answers.ts';
import { Button } from '../../parts/button.tsx';
import { DataTable } from '../../parts/data-table.tsx';
import css from '../../parts/desk.module.css';
import { useConsole, useWords } from '../../use-console.ts';
import { useScheme } from '../scheme.ts';
import { StandingFacts, ToldFacts } from '../standing.tsx';
import { nothingTyped } from './document-fields.tsx';
import { DocumentForm } from './document-form.tsx';

/** Somebody by their document. What was typed leaves the page with the question. */
export function PersonPage() {
  const desk = useConsole();
  const { t } = useWords();
  const [typed, setTyped] = useState(nothingTyped);
  const [found, setFound] = useState<FoundPerson>();
  const find = () =>
    desk.act(async () => {
      setFound(undefined);
      const answer = await desk.issuing.send<FoundPerson>('/people', typed);
      if (answer.ok) {
        setFound(answer.value);
        setTyped({ ...typed, number: '' });
      }
      return answer;
    });
  return (
    <>
      <DocumentForm typed={typed} onChange={setTyped} onSend={find} act={t('person.find')}>
        <p className={css['note']}>{t('person.why')}</p>
      </DocumentForm>
      <div role="status">{found && <Found person={found} />}</div>
      {found && (
        <div className={css['row']}>
          <Button onClick={() => setFound(undefined)}>{t('person.next')}</Button>
        </div>
      )}
    </>
  );
}

function Found({ person }: { person: FoundPerson }) {
  const { t } = useWords();
  return (
    <section className={css['box']} aria-label={person.name}>
      <h3>
        {person.name} · {t(`document.${person.type}`)} <code>{person.number}</code>
      </h3>
      <StandingFacts standing={person} />
      <h4>{t('told.title')}</h4>
      <ToldFacts facts={person.facts} />
      <h4>{t('person.declarations')}</h4>
      <Declarations of={person.declarations} />
    </section>
  );
}

type One = FoundPerson['declarations'][number];

function Declarations({ of }: { of: FoundPerson['declarations'] }) {
  const { t, f } = useWords();
  const { districtName } = useScheme();
  if (of.length === 0) return <p>{t('person.noDeclarations')}</p>;
  const yes = (is: boolean) => t(is ? 'person.yes' : 'person.no');
  return (
    <DataTable
      rows={of}
      keyOf={({ at }) => at}
      columns={[
        { head: t('person.when'), is: 'name', cell: ({ at }) => f.stamp(at) },
        { head: t('person.district'), cell: ({ district }) => districtName(district) },
        {
          head: t('person.symptoms'),
          cell: ({ symptoms }: One) =>
            symptoms.map((one) => t(`symptom.${one}`)).join(' · ') || t('person.nothing'),
        },
        { head: t('person.contact'), cell: ({ contact }) => yes(contact) },
        {
          head: t('person.travel'),
          cell: ({ travel }) => travel.map(districtName).join(' · ') || t('person.nothing'),
        },
        { head: t('person.abroad'), cell: ({ abroad }) => yes(abroad) },
      ]}
    />
  );
}
