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
  const { state } = useApp((app) => app.supervisor);
  const { t } = useWords();
  const [pin, setPin] = useState('');
  const hint = usePinHint();
  const send = (event: FormEvent) => {
    event.preventDefault();
    setPin('');
    if (isPin(pin)) void onPin(pin);
  };
  return (
    <form className={css['form']} onSubmit={send}>
      <p>{lead}</p>
      <PinField label={t('boss.pin')} value={pin} onChange={setPin} {...hint} />
      <Button kind="primary" type="submit" disabled={!isPin(pin) || state === 'busy'}>
        {t('boss.open')}
      </Button>
    </form>
  );
}

/** A new PIN, typed twice: one typed wrong once is nobody's. */
export function NewPinForm({ lead, onPin }: Props) {
  const { state } = useApp((app) => app.supervisor);
  const { t } = useWords();
  const [pin, setPin] = useState('');
  const [again, setAgain] = useState('');
  const differs = again.length >= pin.length && again !== '' && again !== pin;
  const isWhole = isPin(pin) && pin === again;
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (isWhole) void onPin(pin);
  };
  return (
    <form className={css['form']} onSubmit={send}>
      <p>{lead}</p>
      <PinField label={t('boss.new')} value={pin} onChange={setPin} hint={t('boss.pinHint')} />
      <PinField
        label={t('boss.again')}
        value={again}
        onChange={setAgain}
        wrong={differs}
        hint={differs ? t('boss.differs') : t('boss.againHint')}
      />
      <Button kind="primary" type="submit" disabled={!isWhole || state === 'busy'}>
        {t('boss.set')}
      </Button>
    </form>
  );
}

function usePinHint(): { hint: string; wrong: boolean } {
  const { state, until } = useApp((app) => app.supervisor);
  const { t, f } = useWords();
  if (state === 'locked' && until !== undefined)
    return { hint: t('boss.locked', { time: f.time(until) }), wrong: true };
  if (state === 'wrong') return { hint: t('boss.wrong'), wrong: true };
  return { hint: t('boss.pinHint'), wrong: false };
}

interface FieldProps {
  label: string;
  value: string;
  hint: string;
  wrong?: boolean;
  onChange: (digits: string) => void;
}

function PinField({ onChange, wrong = false, ...rest }: FieldProps) {
  const id = useId();
  return (
    <Field
      {...rest}
      id={id}
      wrong={wrong}
      type="password"
      inputMode="numeric"
      onChange={(text) => onChange(text.replace(/\D/g, ''))}
      maxLength={12}
    />
  );
}
