import { useState } from 'react';
import type {
  DeviceRow,
  LookedAtPhone,
  NewCode,
  Replacement,
} from '../../../core/console/devices.ts';
import { spaced } from '../../../core/enrol/fingerprint.ts';
import { Field } from '../../../parts/labelled.tsx';
import { Button } from '../parts/button.tsx';
import css from '../parts/desk.module.css';
import { Dialog } from '../parts/dialog.tsx';
import { Loaded } from '../parts/loaded.tsx';
import { LastRefusal } from '../parts/refusal.tsx';
import { useConsole, useDesk, useMay, useQuery, useWords } from '../use-console.ts';
import { PhoneFacts } from './phone-facts.tsx';

interface Props {
  id: string;
  onClose: () => void;
  onReplaced: (code: NewCode) => void;
}

/** One phone: what came of it, what never came, and ending it. */
export function PhoneDialog({ id, onClose, onReplaced }: Props) {
  const { t } = useWords();
  const query = useQuery<LookedAtPhone>(`/devices/${encodeURIComponent(id)}`);
  const mayWrite = useMay('devices:write');
  return (
    <Dialog title={query.data?.device.gateName ?? t('app.loading')} onClose={onClose}>
      <Loaded query={query}>
        {(looked) => (
          <>
            <PhoneFacts looked={looked} />
            {mayWrite && <Compare device={looked.device} refresh={query.refresh} />}
            {mayWrite && <End looked={looked} refresh={query.refresh} onReplaced={onReplaced} />}
          </>
        )}
      </Loaded>
    </Dialog>
  );
}

interface Acting {
  refresh: () => Promise<void>;
}

function Compare({ device, refresh }: Acting & { device: DeviceRow }) {
  const desk = useConsole();
  const { t } = useWords();
  const busy = useDesk((state) => state.busy);
  if (device.confirmedAt !== undefined || device.revokedAt !== undefined) return null;
  const say = async (same: boolean) => {
    const path = `/devices/${encodeURIComponent(device.id)}/confirm`;
    await desk.act(() => desk.remote.send('POST', path, { same }));
    await refresh();
  };
  return (
    <div className={css['row']}>
      <span>{t('enrol.digits', { digits: spaced(device.digits) })}</span>
      <Button disabled={busy} onClick={() => void say(true)}>
        {t('enrol.same')}
      </Button>
      <Button kind="danger" disabled={busy} onClick={() => void say(false)}>
        {t('enrol.other')}
      </Button>
    </div>
  );
}

function End({
  looked,
  refresh,
  onReplaced,
}: Acting & Pick<Props, 'onReplaced'> & { looked: LookedAtPhone }) {
  const desk = useConsole();
  const { t } = useWords();
  const busy = useDesk((state) => state.busy);
  const [reason, setReason] = useState('');
  const { device, quarantine } = looked;
  const path = `/devices/${encodeURIComponent(device.id)}`;
  const act = async (what: 'revoke' | 'drop-quarantine') => {
    if (await desk.act(() => desk.remote.send('POST', `${path}/${what}`, { reason })))
      setReason('');
    await refresh();
  };
  const replace = (paper: boolean) =>
    desk.act(async () => {
      const body = { reason, paper };
      const answer = await desk.remote.send<Replacement>('POST', `${path}/replace`, body);
      if (answer.ok) onReplaced(answer.value.code);
      return answer;
    });
  const isRevoked = device.revokedAt !== undefined;
  const isUnsaid = busy || reason.trim() === '';
  return (
    <div className={css['form']}>
      <Field
        label={t('phones.reason')}
        hint={t('phones.reasonHint')}
        value={reason}
        onChange={setReason}
        maxLength={200}
      />
      <LastRefusal />
      {device.replacedBy === undefined && (
        <>
          <p className={css['hint']}>{t('phones.replaceWhy')}</p>
          <div className={css['row']}>
            <Button disabled={isUnsaid} onClick={() => void replace(false)}>
              {t('phones.replaceScreen')}
            </Button>
            <Button disabled={isUnsaid} onClick={() => void replace(true)}>
              {t('phones.replacePaper')}
            </Button>
          </div>
        </>
      )}
      {!isRevoked && <p className={css['hint']}>{t('phones.revokeWhy')}</p>}
      <div className={css['row']}>
        {!isRevoked && (
          <Button kind="danger" disabled={isUnsaid} onClick={() => void act('revoke')}>
            {t('phones.revoke')}
          </Button>
        )}
        {quarantine.length > 0 && (
          <Button kind="danger" disabled={isUnsaid} onClick={() => void act('drop-quarantine')}>
            {t('phones.drop')}
          </Button>
        )}
      </div>
    </div>
  );
}
