import { useState } from 'react';
import type { Me } from '../../../core/console/answers.ts';
import { Button } from '../parts/button.tsx';
import css from '../parts/desk.module.css';
import { Loaded } from '../parts/loaded.tsx';
import { LastRefusal } from '../parts/refusal.tsx';
import { useConsole, useDesk, useQuery, useWords } from '../use-console.ts';
import { browserName } from './browser-name.ts';
import { PasskeyDialog } from './passkey-dialog.tsx';
import { PasswordDialog } from './password-dialog.tsx';
import { TotpDialog } from './totp-dialog.tsx';

/** What is mine: how I sign in, and where I am signed in. */
export function AccountPage() {
  const query = useQuery<Me>('/me');
  return (
    <Loaded query={query}>
      {(me) => (
        <>
          <LastRefusal />
          <Proofs me={me} refresh={query.refresh} />
          <Sessions me={me} refresh={query.refresh} />
        </>
      )}
    </Loaded>
  );
}

interface Props {
  me: Me;
  refresh: () => Promise<void>;
}

type Open = 'password' | 'totp' | 'passkey';

function Proofs({ me, refresh }: Props) {
  const desk = useConsole();
  const { t, f } = useWords();
  const ways = useDesk((state) => state.ways);
  const [open, setOpen] = useState<Open>();
  const close = () => {
    setOpen(undefined);
    void refresh();
  };
  const remove = async (id: string) => {
    await desk.act(() => desk.remote.send('DELETE', `/me/passkeys/${encodeURIComponent(id)}`));
    await refresh();
  };
  return (
    <section className={css['box']}>
      <h2>{t('me.proof')}</h2>
      <div className={css['spread']}>
        <h3>{t('me.passwordSet')}</h3>
        <Button onClick={() => setOpen('password')}>
          {t(me.hasPassword ? 'me.passwordChange' : 'me.passwordAdd')}
        </Button>
      </div>
      {me.hasPassword && (
        <div className={css['spread']}>
          <div>
            <h3>{t('me.totp')}</h3>
            <p className={css['hint']}>{t(me.hasTotp ? 'me.totpOn' : 'me.totpOff')}</p>
          </div>
          <Button onClick={() => setOpen('totp')}>
            {t(me.hasTotp ? 'me.totpRemove' : 'me.totpAdd')}
          </Button>
        </div>
      )}
      <div className={css['spread']}>
        <div>
          <h3>{t('me.passkeys')}</h3>
          {!ways?.passkeys && <p className={css['hint']}>{t('me.passkeysNowhere')}</p>}
          {me.passkeys.length === 0 && <p className={css['hint']}>{t('me.passkeysNone')}</p>}
        </div>
        {ways?.passkeys && <Button onClick={() => setOpen('passkey')}>{t('me.passkeyAdd')}</Button>}
      </div>
      {me.passkeys.map(({ id, label, createdAt }) => (
        <div key={id} className={css['spread']}>
          <p>
            {label}{' '}
            <span className={css['hint']}>
              {t('me.passkeySince', { time: f.dayTime(createdAt, Date.now()) })}
            </span>
          </p>
          <Button
            kind="danger"
            onClick={() => void remove(id)}
            aria-label={`${t('me.passkeyRemove')}: ${label}`}
          >
            {t('me.passkeyRemove')}
          </Button>
        </div>
      ))}
      {open === 'password' && <PasswordDialog me={me} onClose={close} />}
      {open === 'totp' && <TotpDialog me={me} onClose={close} />}
      {open === 'passkey' && <PasskeyDialog me={me} onClose={close} />}
    </section>
  );
}

function Sessions({ me, refresh }: Props) {
  const desk = useConsole();
  const { t, f } = useWords();
  const end = async (id: string) => {
    await desk.act(() => desk.remote.send('DELETE', `/me/sessions/${encodeURIComponent(id)}`));
    await refresh();
  };
  return (
    <section className={css['box']}>
      <h2>{t('me.sessions')}</h2>
      <ul className={css['list']}>
        {me.sessions.map(({ id, agent, seenAt, current }) => (
          <li key={id} className={css['spread']}>
            <div>
              <p>{browserName(agent)}</p>
              <p className={css['hint']}>
                {current ? t('me.here') : t('me.seen', { time: f.dayTime(seenAt, Date.now()) })}
              </p>
            </div>
            {!current && <Button onClick={() => void end(id)}>{t('me.end')}</Button>}
          </li>
        ))}
      </ul>
    </section>
  );
}
