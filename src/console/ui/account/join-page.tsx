import { useState } from 'react';
import type { LookedAt } from '../../../core/console/answers.ts';
import { Field } from '../../../parts/labelled.tsx';
import { Button } from '../parts/button.tsx';
import css from '../parts/desk.module.css';
import { LastRefusal } from '../parts/refusal.tsx';
import { useConsole, useDesk, useWords } from '../use-console.ts';
import welcome from '../welcome.module.css';
import { Welcome } from '../welcome.tsx';
import { areasText } from './areas-text.ts';

/** Where the link of an invitation leads: a passkey or a password makes the account. */
export function JoinPage() {
  const { t } = useWords();
  const invitation = useDesk((state) => state.invitation);
  const busy = useDesk((state) => state.busy);
  const found = invitation?.found;
  if (!found)
    return (
      <Welcome title={busy ? t('app.loading') : t('join.over')}>
        <LastRefusal />
        {!busy && <p>{t('join.overHow')}</p>}
      </Welcome>
    );
  return <Join found={found} />;
}

function Join({ found }: { found: LookedAt }) {
  const { t, f } = useWords();
  const { name, role, areas, expiresAt, passkeys, operator } = found;
  const who = { role: t(`role.${role}`), areas: areasText(t, areas) };
  return (
    <Welcome title={t(operator === undefined ? 'join.title' : 'join.reset', { name })}>
      <p>{t('join.as', who)}</p>
      <p className={css['hint']}>{t('join.until', { time: f.stamp(expiresAt) })}</p>
      <LastRefusal />
      {passkeys && <ByPasskey />}
      {passkeys && <p className={welcome['or']}>{t('join.or')}</p>}
      <ByPassword name={name} />
    </Welcome>
  );
}

function ByPasskey() {
  const desk = useConsole();
  const { t } = useWords();
  const busy = useDesk((state) => state.busy);
  const [label, setLabel] = useState<string>(t('join.passkeyDefault'));
  return (
    <form
      className={css['form']}
      onSubmit={(event) => {
        event.preventDefault();
        void desk.takeByPasskey(label);
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
      <Button kind="primary" type="submit" disabled={busy}>
        {t('join.passkey')}
      </Button>
    </form>
  );
}

function ByPassword({ name }: { name: string }) {
  const desk = useConsole();
  const { t } = useWords();
  const busy = useDesk((state) => state.busy);
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const differs = again !== '' && again !== password;
  return (
    <form
      className={css['form']}
      onSubmit={(event) => {
        event.preventDefault();
        if (password === again) void desk.takeByPassword(password);
      }}
    >
      <input type="text" name="username" autoComplete="username" value={name} readOnly hidden />
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
      <Button type="submit" disabled={busy || differs}>
        {t('join.go')}
      </Button>
    </form>
  );
}
