import { useState } from 'react';
import type { Me } from '../../../core/console/answers.ts';
import { Field } from '../../../parts/labelled.tsx';
import { Button } from '../parts/button.tsx';
import css from '../parts/desk.module.css';
import { Dialog } from '../parts/dialog.tsx';
import { LastRefusal } from '../parts/refusal.tsx';
import { useConsole, useDesk, useWords } from '../use-console.ts';

interface Props {
  me: Me;
  onClose: () => void;
}

/** A new password; every other session ends with it. */
export function PasswordDialog({ me, onClose }: Props) {
  const desk = useConsole();
  const { t } = useWords();
  const busy = useDesk((state) => state.busy);
  const [old, setOld] = useState('');
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const differs = again !== '' && again !== password;
  const save = async () => {
    const body = { password, ...(me.hasPassword && { old }) };
    if (await desk.act(() => desk.remote.send('POST', '/me/password', body))) onClose();
  };
  return (
    <Dialog title={t(me.hasPassword ? 'me.passwordChange' : 'me.passwordAdd')} onClose={onClose}>
      <form
        className={css['form']}
        onSubmit={(event) => {
          event.preventDefault();
          if (password === again) void save();
        }}
      >
        {me.hasPassword && <Owner value={old} onChange={setOld} label={t('me.old')} />}
        <Field
          label={t('join.password')}
          hint={t('join.passwordHint')}
          value={password}
          onChange={setPassword}
          type="password"
          autoComplete="new-password"
          minLength={12}
          required
        />
        <Field
          label={t('join.repeat')}
          hint={differs ? t('join.differs') : undefined}
          wrong={differs}
          value={again}
          onChange={setAgain}
          type="password"
          autoComplete="new-password"
          required
        />
        <LastRefusal />
        <Button kind="primary" type="submit" disabled={busy || differs}>
          {t('app.save')}
        </Button>
      </form>
    </Dialog>
  );
}

interface OwnerProps {
  value: string;
  onChange: (value: string) => void;
  label: string;
}

/** The password once more: a screen left open is no owner. */
export function Owner({ value, onChange, label }: OwnerProps) {
  return (
    <Field
      label={label}
      value={value}
      onChange={onChange}
      type="password"
      autoComplete="current-password"
      required
    />
  );
}
