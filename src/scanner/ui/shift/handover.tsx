import { type FormEvent, useId, useState } from 'react';
import { Button } from '../../../parts/button.tsx';
import { Field } from '../../../parts/field.tsx';
import { Sheet } from '../parts/sheet.tsx';
import { useActions, useWords } from '../use-ui.ts';
import css from './handover.module.css';

/** The next guard puts in a name and goes on; the shift before is closed. */
export function HandOver({ onClose }: { onClose: () => void }) {
  const { t } = useWords();
  const { handOver } = useActions();
  const [operator, setOperator] = useState('');
  const id = useId();
  const name = operator.trim();
  const go = async (event: FormEvent) => {
    event.preventDefault();
    if (name === '') return;
    await handOver(name);
    onClose();
  };
  return (
    <Sheet size="ask" title={t('shift.handOver')} onClose={onClose}>
      <p>{t('shift.handOverLead')}</p>
      <form className={css['form']} onSubmit={(event) => void go(event)}>
        <Field
          id={id}
          label={t('shift.next')}
          value={operator}
          onChange={setOperator}
          maxLength={32}
          enterKeyHint="go"
        />
        <Button kind="primary" type="submit" disabled={name === ''}>
          {t('shift.handOver')}
        </Button>
      </form>
    </Sheet>
  );
}
