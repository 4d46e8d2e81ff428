import { useState } from 'react';
import type { DeviceRow, NewCode } from '../../../core/console/devices.ts';
import css from '../parts/desk.module.css';
import { Loaded } from '../parts/loaded.tsx';
import { useQuery, useWords } from '../use-console.ts';
import { PhoneDialog } from './phone-dialog.tsx';
import { PhoneTable } from './phone-table.tsx';
import { Replaced } from './replaced.tsx';

/** Every phone of one's areas: when it was heard of last, and what is wrong with it. */
export function PhonesPage() {
  const { t } = useWords();
  const query = useQuery<{ devices: readonly DeviceRow[] }>('/devices');
  const [only, setOnly] = useState(false);
  const [open, setOpen] = useState<string>();
  const [codes, setCodes] = useState<readonly NewCode[]>([]);
  const close = () => {
    setOpen(undefined);
    setCodes([]);
    void query.refresh();
  };
  const replaced = (code: NewCode) => {
    setOpen(undefined);
    setCodes([code]);
  };
  if (codes.length > 0) return <Replaced codes={codes} onBack={close} />;
  return (
    <Loaded query={query}>
      {({ devices }) => {
        const shown = devices.filter(({ alarms }) => !only || alarms.length > 0);
        return (
          <div className={css['box']}>
            {devices.length === 0 && <p>{t('phones.none')}</p>}
            {devices.length > 0 && (
              <label className={css['row']}>
                <input
                  type="checkbox"
                  checked={only}
                  onChange={(event) => setOnly(event.target.checked)}
                />
                {t('phones.only')}
              </label>
            )}
            {devices.length > 0 && shown.length === 0 && <p>{t('phones.allWell')}</p>}
            {shown.length > 0 && <PhoneTable all={devices} devices={shown} onOpen={setOpen} />}
            {open !== undefined && <PhoneDialog id={open} onClose={close} onReplaced={replaced} />}
          </div>
        );
      }}
    </Loaded>
  );
}
