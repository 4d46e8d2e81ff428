import { useState } from 'react';
import type { Me } from '../../../core/console/answers.ts';
import { Field } from '../../../parts/labelled.tsx';
import { QrCode } from '../../../parts/qr-code.tsx';
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
interface Offer {
  readonly secret: string;
  readonly uri: string;
}

/** Switches the second factor on by a code that works, or off. */
export function TotpDialog({ me, onClose }: Props) {
  const desk = useConsole();
  const { t } = useWords();
  const busy = useDesk((state) => state.busy);
  const [offer, setOffer] = useState<Offer>();
  const [code, setCode] = useState('');
  const [password, setPassword] = useState('');
  const isOn = me.hasTotp;
  const begin = () =>
    desk.act(async () => {
      const answer = await desk.remote.send<Offer>('POST', '/me/totp-offer');
      if (answer.ok) setOffer(answer.value);
      return answer;
    });
  const save = async () => {
    const [path, body] = isOn
      ? ['/me/totp-off', { password }]
      : ['/me/totp', { secret: offer?.secret, code, password }];
    if (await desk.act(() => desk.remote.send('POST', path, body))) onClose();
  };
  return (
    <Dialog title={t('me.totp')} onClose={onClose}>
      {!isOn && !offer && (
        <>
          <p>{t('me.totpOff')}</p>
          <LastRefusal />
          <Button kind="primary" disabled={busy} onClick={() => void begin()}>
            {t('me.totpAdd')}
          </Button>
        </>
      )}
      {(isOn || offer) && (
        <form
          className={css['form']}
          onSubmit={(event) => {
            event.preventDefault();
            void save();
          }}
        >
          {offer && (
            <>
              <p>{t('me.totpScan')}</p>
              <QrCode text={offer.uri} label={t('me.totpScan')} />
              <p>
                {t('me.totpKey')}: <code>{offer.secret.match(/.{4}/g)?.join(' ')}</code>
              </p>
              <Field
                label={t('in.code')}
                hint={t('in.codeHint')}
                value={code}
                onChange={setCode}
                inputMode="numeric"
                autoComplete="one-time-code"
                required
              />
            </>
          )}
          <Owner value={password} onChange={setPassword} label={t('me.confirm')} />
          <LastRefusal />
          <Button kind={isOn ? 'danger' : 'primary'} type="submit" disabled={busy}>
            {t(isOn ? 'me.totpRemove' : 'me.totpAdd')}
          </Button>
        </form>
      )}
    </Dialog>
  );
}
