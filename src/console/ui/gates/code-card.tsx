import { useState } from 'react';
import type { CodeUse, NewCode } from '../../../core/console/devices.ts';
import { spaced } from '../../../core/enrol/fingerprint.ts';
import { QrCode } from '../../../parts/qr-code.tsx';
import { Button } from '../parts/button.tsx';
import css from '../parts/desk.module.css';
import { useConsole, useDesk, useWords } from '../use-console.ts';
import own from './enrol-page.module.css';

interface Props {
  code: NewCode;
  use: CodeUse | undefined;
}

/** Characters that stand in two lines of the printed card. */
const longName = 30;

/** One code: to be scanned, then its phone's six digits to be compared. */
export function CodeCard({ code, use }: Props) {
  const desk = useConsole();
  const { t, f } = useWords();
  const busy = useDesk((state) => state.busy);
  const [said, setSaid] = useState<boolean>();
  const { device, digits } = use ?? {};
  const say = async (same: boolean) => {
    const path = `/devices/${encodeURIComponent(device ?? '')}/confirm`;
    if (await desk.act(() => desk.remote.send('POST', path, { same }))) setSaid(same);
  };
  const isSame = said ?? (use?.confirmedAt !== undefined ? true : undefined);
  return (
    <li className={own['code']} data-used={device !== undefined || undefined}>
      <p className={own['sheet']}>{t('enrol.sheet')}</p>
      <h2 data-long={code.name.length > longName || undefined}>{code.name}</h2>
      <p>
        <code>{code.gate}</code>
      </p>
      {!device && <QrCode text={code.link} label={`${t('enrol.title')}: ${code.name}`} />}
      <p className={own['sheet']}>{t('enrol.sheetHow', { base: desk.base })}</p>
      <p className={own['sheet']}>{t('enrol.how', { time: f.stamp(code.expiresAt) })}</p>
      <div className={own['live']} aria-live="polite">
        {!device && <p className={css['hint']}>{t('enrol.waiting')}</p>}
        {digits && isSame === undefined && (
          <div className={css['list']}>
            <p className={own['digits']}>{t('enrol.digits', { digits: spaced(digits) })}</p>
            <div className={css['row']}>
              <Button kind="primary" disabled={busy} onClick={() => void say(true)}>
                {t('enrol.same')}
              </Button>
              <Button kind="danger" disabled={busy} onClick={() => void say(false)}>
                {t('enrol.other')}
              </Button>
            </div>
          </div>
        )}
        {isSame !== undefined && <p>{t(isSame ? 'enrol.sameDone' : 'enrol.otherDone')}</p>}
      </div>
    </li>
  );
}
