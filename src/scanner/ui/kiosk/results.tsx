import { Icon } from '../../../parts/icon.tsx';
import { Shape } from '../../../parts/shape.tsx';
import { useApp, useWords } from '../use-ui.ts';
import { InThree } from './languages.tsx';
import css from './results.module.css';

/** 通行: a tick, the word, and nothing of the person. */
export function GoIn() {
  return (
    <section role="status" className={css['result']} data-result="pass">
      <Shape state="pass" />
      <div className={css['words']}>
        <InThree text={(t) => t('state.pass')} />
        <InThree text={(t) => t('kiosk.goIn')} />
      </div>
    </section>
  );
}

/** Everything else, alike for all of it: who reads over a shoulder learns nothing. */
export function SeeStaff() {
  const { t } = useWords();
  return (
    <section role="status" className={css['result']} data-result="staff">
      <Icon name="guard" />
      <div className={css['words']}>
        <InThree text={(one) => one('kiosk.staff')} />
        <p className={css['small']}>{t('kiosk.staff.next')}</p>
      </div>
    </section>
  );
}

/** Nobody is let in now; why is for who comes to mend it. */
export function OutOfService() {
  const trouble = useApp((state) => state.kioskTrouble) ?? 'starting';
  const fault = useApp((state) => state.storageFault);
  const { t } = useWords();
  const isStarting = trouble === 'starting';
  return (
    <section role="status" className={css['result']} data-result={isStarting ? 'starting' : 'out'}>
      <Icon name={isStarting ? 'lens' : 'refused'} />
      <div className={css['words']}>
        <InThree text={(one) => one(isStarting ? 'kiosk.trouble.starting' : 'kiosk.out')} />
        <InThree text={(one) => one('kiosk.staff')} />
        <p className={css['small']}>
          {!isStarting && t(`kiosk.trouble.${trouble}`)}
          {fault && ` (${t(`fault.${fault}.title`)})`}
        </p>
      </div>
    </section>
  );
}
