import { useEffect, useRef } from 'react';
import { type OverrideReason, overrideReasons } from '../../../core/log/outcome.ts';
import { Button } from '../../../parts/button.tsx';
import { useDeaf } from '../taps/use-deaf.ts';
import { useActions, useApp, useWords } from '../use-ui.ts';
import { PinForm } from './pin-form.tsx';
import css from './supervisor-word.module.css';
import { useRoleEnds } from './use-role-ends.ts';

interface Props {
  onWhy: (why: OverrideReason) => void;
}

/** Lets in against a `stop`: the supervisor's PIN, and then why. The role ends when this goes. */
export function SupervisorWord({ onWhy }: Props) {
  const isOpen = useApp((state) => state.supervisor.state === 'open');
  const pin = useApp((state) => state.pin);
  const { t } = useWords();
  const { openSupervisor, lookForPin } = useActions();
  useRoleEnds();
  useEffect(() => {
    void lookForPin();
  }, [lookForPin]);
  // whoever stands at a red card is not the one to set the PIN that lets people past it
  if (pin === 'none') return <p>{t('boss.noneOnShift')}</p>;
  if (!isOpen) {
    return (
      <div className={css['panel']}>
        <PinForm lead={t('last.supervisor-only')} onPin={openSupervisor} />
      </div>
    );
  }
  return <Reasons onWhy={onWhy} />;
}

function Reasons({ onWhy }: Props) {
  const { t } = useWords();
  const reasons = useRef<HTMLFieldSetElement>(null);
  useDeaf(reasons, 'why');
  return (
    <fieldset ref={reasons} className={css['reasons']}>
      <legend>{t('boss.why')}</legend>
      <div className={css['chips']}>
        {overrideReasons.map((why) => (
          <Button key={why} onClick={() => onWhy(why)}>
            {t(`why.${why}`)}
          </Button>
        ))}
      </div>
    </fieldset>
  );
}
