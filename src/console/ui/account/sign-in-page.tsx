import { useState } from 'react';
import { Field } from '../../../parts/labelled.tsx';
import { Button } from '../parts/button.tsx';
import css from '../parts/desk.module.css';
import { LastRefusal } from '../parts/refusal.tsx';
import { useConsole, useDesk, useWords } from '../use-console.ts';
import { Welcome } from '../welcome.tsx';

/** The door: a passkey, or name and password, and the code where the account has one. */
export function SignInPage() {
  const desk = useConsole();
  const { t } = useWords();
  const ways = useDesk((state) => state.ways);
  const phase = useDesk((state) => state.phase);
  const busy = useDesk((state) => state.busy);
  const wantsCode = useDesk((state) => state.refusal?.code === 'second-factor-needed');
  const [asked, setAsked] = useState(false);
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [totp, setTotp] = useState('');
  const withCode = asked || wantsCode;
  if (wantsCode && !asked) setAsked(true);
  return (
    <Welcome title={t('in.title')}>
      {phase === 'ended' && <p className={css['note']}>{t('in.ended')}</p>}
      {ways?.demo && (
        <div className={css['form']}>
          <Button kind="primary" disabled={busy} onClick={() => void desk.tryDemo()}>
            {t('in.demo')}
          </Button>
          <p className={css['hint']}>{t('in.demoHint')}</p>
        </div>
      )}
      {ways?.passkeys && (
        <Button disabled={busy} onClick={() => void desk.signInByPasskey()}>
          {t('in.passkey')}
        </Button>
      )}
      <form
        className={css['form']}
        onSubmit={(event) => {
          event.preventDefault();
          void desk.signIn({ name, password, ...(withCode && { totp }) });
        }}
      >
        <Field
          label={t('in.name')}
          value={name}
          onChange={setName}
          autoComplete="username"
          required
        />
        <Field
          label={t('in.password')}
          value={password}
          onChange={setPassword}
          type="password"
          autoComplete="current-password"
          required
        />
        {withCode && (
          <Field
            label={t('in.code')}
            hint={t('in.codeHint')}
            value={totp}
            onChange={setTotp}
            inputMode="numeric"
            autoComplete="one-time-code"
            autoFocus
            required
          />
        )}
        <LastRefusal />
        <Button kind={ways?.demo ? 'plain' : 'primary'} type="submit" disabled={busy}>
          {t('in.go')}
        </Button>
        <p className={css['hint']}>{t('in.lost')}</p>
      </form>
    </Welcome>
  );
}
