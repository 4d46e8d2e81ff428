import { useState } from 'react';
import type { Me } from '../../../core/console/answers.ts';
import { Field } from '../../../parts/labelled.tsx';
import { Button } from '../parts/button.tsx';
import css from '../parts/desk.module.css';
import { Dialog } from '../parts/dialog.tsx';
import { LastRefusal } from '../parts/refusal.tsx';
import { useConsole, useDesk, useWords } from '../use-console.ts';
import { Owner } from './password-dialog.tsx';

interface Props {
  me: Me;
  onClose: () => void;
}

/** A passkey of this device for an account that is there. */
export function PasskeyDialog({ me, onClose }: Props) {
  const desk = useConsole();
  const { t } = useWords();
  const busy = useDesk((state) => state.busy);
  const [label, setLabel] = useState<string>(t('join.passkeyDefault'));
  const [password, setPassword] = useState('');
  const save = async () => {
    if (await desk.addPasskey(label, me.hasPassword ? password : undefined)) onClose();
  };
  return (
    <Dialog title={t('me.passkeyAdd')} onClose={onClose}>
      <form
        className={css['form']}
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <Field
          label={t('join.passkeyLabel')}
          hint={t('join.passkeyHint')}
          value={label}
          onChange={setLabel}
          maxLength={60}
          required
        />
        {me.hasPassword && (
          <Owner value={password} onChange={setPassword} label={t('me.confirm')} />
        )}
        <LastRefusal />
        <Button kind="primary" type="submit" disabled={busy}>
          {t('me.passkeyAdd')}
        </Button>
      </form>
    </Dialog>
  );
}
