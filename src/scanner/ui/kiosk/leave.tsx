import { useEffect } from 'react';
import { Button } from '../../../parts/button.tsx';
import { Icon } from '../../../parts/icon.tsx';
import { Sheet } from '../parts/sheet.tsx';
import { PinForm } from '../supervisor/pin-form.tsx';
import { useRoleEnds } from '../supervisor/use-role-ends.ts';
import { useActions, useApp, useWords } from '../use-ui.ts';
import css from './leave.module.css';

/** Milliseconds without a touch after which the door is a door again. */
const idleMs = 30_000;

/** The one button of a kiosk. */
export function LockButton({ onTap }: { onTap: () => void }) {
  const { t } = useWords();
  return (
    <button type="button" className={css['lock']} onClick={onTap}>
      <Icon name="lock" />
      <span>{t('kiosk.lock')}</span>
    </button>
  );
}

/** Out by the supervisor's PIN alone; who only pressed the button and went is forgotten. */
export function Leave({ onClose }: { onClose: () => void }) {
  const isOpen = useApp(({ supervisor }) => supervisor.state === 'open');
  const pin = useApp((state) => state.pin);
  const { t } = useWords();
  const { openSupervisor, lookForPin, leaveKiosk } = useActions();
  useRoleEnds();
  useIdleEnd(onClose);
  useEffect(() => {
    void lookForPin();
  }, [lookForPin]);
  return (
    <Sheet title={t('kiosk.leave.title')} onClose={onClose}>
      {pin === 'none' && <p role="alert">{t('kiosk.leave.noPin')}</p>}
      {isOpen ? (
        <Button kind="primary" onClick={() => void leaveKiosk()}>
          {t('kiosk.leave.go')}
        </Button>
      ) : (
        <PinForm lead={t('kiosk.leave.lead')} onPin={openSupervisor} />
      )}
      <Button onClick={onClose}>{t('app.cancel')}</Button>
    </Sheet>
  );
}

function useIdleEnd(end: () => void): void {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const touched = () => {
      clearTimeout(timer);
      timer = setTimeout(end, idleMs);
    };
    touched();
    document.addEventListener('pointerdown', touched, true);
    document.addEventListener('keydown', touched, true);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('pointerdown', touched, true);
      document.removeEventListener('keydown', touched, true);
    };
  }, [end]);
}
