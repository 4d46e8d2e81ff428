import { type FormEvent, useId, useState } from 'react';
import { shownInside } from '../../../core/log/occupancy.ts';
import { Button } from '../../../parts/button.tsx';
import { Field } from '../../../parts/field.tsx';
import { useActions, useApp, useWords } from '../use-ui.ts';

/** The supervisor's own count in place of the sum: an entry of the log. */
export function SetHeads() {
  const heads = useApp((state) => state.heads);
  const { t, f } = useWords();
  const { setHeads } = useActions();
  const [typed, setTyped] = useState('');
  const [isSaid, setSaid] = useState(false);
  const id = useId();
  if (!heads) return null;
  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (typed === '') return;
    await setHeads(Number(typed));
    setTyped('');
    setSaid(true);
  };
  return (
    <form onSubmit={(event) => void send(event)}>
      <Field
        id={id}
        label={t('heads.set')}
        hint={t('heads.setHint', { n: f.number(shownInside(heads)) })}
        value={typed}
        inputMode="numeric"
        maxLength={7}
        onChange={(text) => setTyped(text.replace(/\D/g, ''))}
      />
      <Button type="submit" disabled={typed === ''}>
        {t('heads.setDo')}
      </Button>
      <p role="status">{isSaid && t('heads.setDone')}</p>
    </form>
  );
}
