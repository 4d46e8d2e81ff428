import { useState } from 'react';
import type { PaperPass } from '../../../../core/health/desk-answers.ts';
import { Field, Select } from '../../../../parts/labelled.tsx';
import { Paper } from '../../../../parts/paper.tsx';
import { Button } from '../../parts/button.tsx';
import css from '../../parts/desk.module.css';
import { LastRefusal } from '../../parts/refusal.tsx';
import { useConsole, useDesk, useWords } from '../../use-console.ts';
import { Check } from '../check.tsx';
import { StateWord } from '../standing.tsx';
import { DeclarationFields } from './declaration-fields.tsx';
import { DocumentFields, isDocument, nothingTyped } from './document-fields.tsx';
import sheet from './paper-sheet.module.css';
import { PaperSheet } from './paper-sheet.tsx';
import { declarationOf, nothingSaid } from './said.ts';

/** A pass on paper for somebody without a phone: made, printed, and gone from the page. */
export function PapersPage() {
  const [made, setMade] = useState<PaperPass>();
  return made ? (
    <Made pass={made} onNext={() => setMade(undefined)} />
  ) : (
    <PaperForm onMade={setMade} />
  );
}

function PaperForm({ onMade }: { onMade: (pass: PaperPass) => void }) {
  const desk = useConsole();
  const { t } = useWords();
  const busy = useDesk((state) => state.busy);
  const [typed, setTyped] = useState(nothingTyped);
  const [name, setName] = useState('');
  const [declares, setDeclares] = useState(true);
  const [said, setSaid] = useState(nothingSaid);
  const declaration = declares ? declarationOf(said) : undefined;
  const isReady = isDocument(typed) && name.trim() !== '' && (!declares || declaration);
  const make = () =>
    desk.act(async () => {
      const answer = await desk.issuing.send<PaperPass>('/papers', {
        ...{ ...typed, name: name.trim() },
        ...(declaration && { declaration }),
      });
      if (answer.ok) onMade(answer.value);
      return answer;
    });
  return (
    <form
      className={css['box']}
      onSubmit={(event) => {
        event.preventDefault();
        void make();
      }}
    >
      <p className={css['hint']}>{t('papers.why')}</p>
      <div className={sheet['columns']}>
        <div className={css['form']}>
          <DocumentFields typed={typed} onChange={setTyped} />
          <Field
            {...{ label: t('papers.name'), hint: t('papers.nameHint'), value: name }}
            onChange={setName}
            maxLength={100}
          />
          <div>
            <Check checked={declares} onChange={setDeclares}>
              {t('papers.declares')}
            </Check>
            <p className={css['hint']}>{t('papers.declaresHint')}</p>
          </div>
        </div>
        {declares && (
          <div className={css['form']}>
            <DeclarationFields said={said} onChange={setSaid} />
          </div>
        )}
      </div>
      <LastRefusal />
      <div className={css['row']}>
        <Button type="submit" kind="primary" disabled={busy || !isReady}>
          {t('papers.make')}
        </Button>
      </div>
    </form>
  );
}

function Made({ pass, onNext }: { pass: PaperPass; onNext: () => void }) {
  const { t } = useWords();
  const [size, setSize] = useState<'whole' | 'half'>('whole');
  return (
    <div className={css['box']}>
      <p role="status">
        {t('papers.made', { name: pass.name })} <StateWord state={pass.state} />
      </p>
      <div className={css['form']}>
        <Select
          label={t('papers.size')}
          value={size}
          choices={[
            ['whole', t('papers.whole')],
            ['half', t('papers.half')],
          ]}
          onChange={setSize}
        />
      </div>
      <div className={css['row']}>
        <Button kind="primary" autoFocus onClick={() => window.print()}>
          {t('papers.print')}
        </Button>
        <Button onClick={onNext}>{t('papers.next')}</Button>
      </div>
      <p className={css['hint']}>{t('papers.nextHint')}</p>
      <div className={sheet['preview']}>
        <PaperSheet pass={pass} />
      </div>
      <Paper className={`${sheet['paper']} ${size === 'half' ? sheet['half'] : ''}`}>
        <PaperSheet pass={pass} />
        {size === 'half' && <p className={sheet['cut']}>✂ {t('sheet.cut')}</p>}
      </Paper>
    </div>
  );
}
