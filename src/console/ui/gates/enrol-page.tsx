import { useState } from 'react';
import type { CodeUse, NewCode } from '../../../core/console/devices.ts';
import { isPin } from '../../../core/enrol/pin.ts';
import { Field } from '../../../parts/labelled.tsx';
import { Button } from '../parts/button.tsx';
import css from '../parts/desk.module.css';
import { LastRefusal } from '../parts/refusal.tsx';
import { useConsole, useDesk, useWords } from '../use-console.ts';
import { CodeCard } from './code-card.tsx';
import own from './enrol-page.module.css';
import { useUses } from './use-uses.ts';

/** A phone that is not this machine reaches no loopback address: its code would lead nowhere. */
const isThisMachine = (base: string): boolean =>
  /^(localhost|127\.|\[::1\])/.test(new URL(base).hostname);

/** So many are named at once; more are a number, and behind it their names. */
const mostNamed = 12;

function ChosenGates({ gates }: { gates: readonly string[] }) {
  const { t } = useWords();
  const names = <strong>{gates.join(', ')}</strong>;
  if (gates.length <= mostNamed) return <p>{names}</p>;
  return (
    <details>
      <summary>{t('enrol.gates', { count: gates.length })}</summary>
      <p>{names}</p>
    </details>
  );
}

/** Of two hundred codes on paper first those whose phone stands there and waits, then those that are done. */
function waitingFirst(codes: readonly NewCode[], uses: readonly CodeUse[]) {
  const by = new Map(uses.map((use) => [use.id, use]));
  const cards = codes.map((code) => ({ code, use: by.get(code.id) }));
  const rank = ({ use }: (typeof cards)[number]): number =>
    use?.device === undefined ? 2 : use.confirmedAt === undefined ? 0 : 1;
  return cards.sort((a, b) => rank(a) - rank(b));
}

/** Codes for the gates that were chosen, on this screen or on paper, and the phones that use them. */
export function EnrolPage() {
  const desk = useConsole();
  const { t, f } = useWords();
  const of = useDesk((state) => state.of);
  const busy = useDesk((state) => state.busy);
  const gates = (of ?? '').split('\n').filter((id) => id !== '');
  const [pin, setPin] = useState('');
  const [codes, setCodes] = useState<readonly NewCode[]>([]);
  const uses = useUses(codes);
  const isWrong = pin !== '' && !isPin(pin);
  const make = (paper: boolean) =>
    desk.act(async () => {
      const body = { gates, paper, ...(pin !== '' && { pin }) };
      const answer = await desk.remote.send<{ codes: NewCode[] }>('POST', '/codes', body);
      if (answer.ok) setCodes(answer.value.codes);
      return answer;
    });
  const [first] = codes;
  return (
    <>
      <div className={`${css['row']} ${own['tools']}`}>
        <Button onClick={() => desk.go('gates')}>{t('enrol.back')}</Button>
        {first && (
          <>
            <Button kind="primary" onClick={() => window.print()}>
              {t('enrol.print')}
            </Button>
            <Button onClick={() => setCodes([])}>{t('enrol.again')}</Button>
          </>
        )}
      </div>
      {!first && (
        <div className={css['box']}>
          <p>{t('enrol.choose')}</p>
          {isThisMachine(desk.base) && (
            <p className={css['note']} data-kind="wrong">
              {t('enrol.localhost', { base: desk.base })}
            </p>
          )}
          <ChosenGates gates={gates} />
          <div className={css['form']}>
            <Field
              label={t('enrol.pin')}
              hint={t('enrol.pinHint')}
              wrong={isWrong}
              value={pin}
              onChange={setPin}
              inputMode="numeric"
              maxLength={12}
            />
          </div>
          <LastRefusal />
          <div className={css['row']}>
            <Button
              kind="primary"
              disabled={busy || isWrong || gates.length === 0}
              onClick={() => void make(false)}
            >
              {t('enrol.screen')}
            </Button>
            <Button
              disabled={busy || isWrong || gates.length === 0}
              onClick={() => void make(true)}
            >
              {t('enrol.paper')}
            </Button>
          </div>
        </div>
      )}
      {first && (
        <>
          <p className={own['tools']}>
            {t('enrol.how', { time: f.dayTime(first.expiresAt, Date.now()) })}
          </p>
          <LastRefusal />
          <ul className={own['codes']}>
            {waitingFirst(codes, uses).map(({ code, use }) => (
              <CodeCard key={code.id} code={code} use={use} />
            ))}
          </ul>
        </>
      )}
    </>
  );
}
