import { useState } from 'react';
import type { DemoData } from '../../../core/console/demo-data.ts';
import type { GateDay } from '../../../core/console/live.ts';
import { Button } from '../parts/button.tsx';
import css from '../parts/desk.module.css';
import { LastRefusal } from '../parts/refusal.tsx';
import { useConsole, useDesk, useMay, useWords } from '../use-console.ts';
import { clockOffset } from './days.ts';
import own from './today-page.module.css';

const lookMs = 500;
const seed = 'kakou';

interface Props {
  gates: readonly GateDay[];
  done: () => void;
}

/** On a demo hub without its city: the button that makes it. */
export function DemoBox({ gates, done }: Props) {
  const isDemo = useDesk((state) => state.ways?.demo ?? false);
  const mayMake = useMay('sites:write');
  const [wasOffered, setOffered] = useState(false);
  const isThere = gates.some(({ gate }) => gate.startsWith('demo-') && gate !== 'demo-gate');
  // its gates are there from the first moment: who pressed the button still sees how far it is
  if (!isDemo || !mayMake || (isThere && !wasOffered)) return null;
  return <Offer begun={() => setOffered(true)} over={() => setOffered(false)} done={done} />;
}

interface OfferProps {
  begun: () => void;
  over: () => void;
  done: () => void;
}

function Offer({ begun, over, done }: OfferProps) {
  const desk = useConsole();
  const { t, f } = useWords();
  const [data, setData] = useState<DemoData>();
  const isRunning = data?.state === 'running';
  const make = async () => {
    begun();
    const offset = clockOffset(Date.now());
    const isMade = await desk.act(() => desk.remote.send('POST', '/demo-data', { seed, offset }));
    if (!isMade) return;
    for (;;) {
      const answer = await desk.load<DemoData>('/demo-data');
      if (!answer.ok) return;
      setData(answer.value);
      if (answer.value.state !== 'running') break;
      await new Promise((resolve) => setTimeout(resolve, lookMs));
    }
    done();
    over();
  };
  const counts = data && { done: f.number(data.done), total: f.number(data.total) };
  return (
    <section className={`${css['box']} ${own['tools']}`}>
      <h2>{t('demo.title')}</h2>
      <p>{t('demo.why')}</p>
      <LastRefusal />
      {data?.state === 'failed' && <p role="alert">{t('demo.failed')}</p>}
      {isRunning && counts ? (
        <label className={css['row']}>
          <progress max={data.total} value={data.done} />
          {t('demo.running', counts)}
        </label>
      ) : (
        <div className={css['row']}>
          <Button kind="primary" onClick={() => void make()}>
            {t('demo.make')}
          </Button>
        </div>
      )}
    </section>
  );
}
