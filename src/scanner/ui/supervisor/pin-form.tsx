import { type FormEvent, useId, useState } from 'react';
import { isPin } from '../../../core/enrol/pin.ts';
import { Button } from '../../../parts/button.tsx';
import { Field } from '../../../parts/field.tsx';
import { useApp, useWords } from '../use-ui.ts';
import css from './pin-form.module.css';

interface Props {
  lead: string;
  onPin: (pin: string) => Promise<void>;
}

/** Six to twelve digits, never shown; says when it was wrong and until when the door is closed. */
export function PinForm({ lead, onPin }: Props) {
  const { state, until } = useApp((app) => app.supervisor);
  const { t, f } = useWords();
  const [pin, setPin] = useState('');
  const id = useId();
  const send = (event: FormEvent) => {
    event.preventDefault();
    setPin('');
    if (isPin(pin)) void onPin(pin);
  };
  return (
    <form className={css['form']} onSubmit={send}>
      <p>{lead}</p>
      <Field
        id={id}
        label={t('boss.pin')}
        hint={
          state === 'locked' && until !== undefined
            ? t('boss.locked', { time: f.time(until) })
            : state === 'wrong'
              ? t('boss.wrong')
              : t('boss.pinHint')
        }
        wrong={state === 'locked' || state === 'wrong'}
        type="password"
        inputMode="numeric"
        value={pin}
        onChange={(text) => setPin(text.replace(/\D/g, ''))}
        maxLength={12}
      />
      <Button kind="primary" type="submit" disabled={!isPin(pin) || state === 'busy'}>
        {t('boss.open')}
      </Button>
    </form>
  );
}
