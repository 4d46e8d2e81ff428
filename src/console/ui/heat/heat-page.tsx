import { useState } from 'react';
import type { PlacedGate } from '../../../core/console/gates.ts';
import type { HeatMap } from '../../../core/console/live.ts';
import css from '../parts/desk.module.css';
import { Loaded } from '../parts/loaded.tsx';
import { clockOffset } from '../today/days.ts';
import { useConsole, useDesk, useQuery, useWords } from '../use-console.ts';
import own from './heat-page.module.css';
import { HeatTable } from './heat-table.tsx';

const ranges = [7, 30] as const;

/** When people come: the hours of many days, of all gates or of one. */
export function HeatPage() {
  const { t, f } = useWords();
  const desk = useConsole();
  const gate = useDesk((state) => state.of);
  const [days, setDays] = useState<number>(ranges[0]);
  const only = gate ? `&gate=${encodeURIComponent(gate)}` : '';
  const path = `/heat?offset=${clockOffset(Date.now())}&days=${days}${only}`;
  const query = useQuery<HeatMap>(path);
  return (
    <>
      <div className={`${css['row']} ${own['tools']}`}>
        <fieldset className={own['ranges']}>
          <legend className={own['spoken']}>{t('heat.range')}</legend>
          {ranges.map((range) => (
            <label key={range}>
              <input
                type="radio"
                name="days"
                checked={range === days}
                onChange={() => setDays(range)}
              />
              {t('heat.days', { count: f.number(range) })}
            </label>
          ))}
        </fieldset>
        <GateChoice gate={gate} choose={(to) => desk.go('heat', to || undefined)} />
      </div>
      <Loaded query={query} key={path}>
        {(heat) => (
          <section className={css['box']}>
            <h2>{heat.gate?.name ?? t('heat.all')}</h2>
            <HeatTable heat={heat} />
            <p className={css['hint']}>{t('heat.how')}</p>
          </section>
        )}
      </Loaded>
    </>
  );
}

interface Choice {
  gate: string | undefined;
  choose: (gate: string) => void;
}

/** The first 200 gates by id; another one is reached from the gate's own day. */
function GateChoice({ gate, choose }: Choice) {
  const { t } = useWords();
  const { data } = useQuery<{ readonly gates: readonly PlacedGate[] }>('/gates');
  const gates = data?.gates ?? [];
  const isListed = gate === undefined || gates.some(({ id }) => id === gate);
  return (
    <label className={own['gate']}>
      {t('heat.gate')}
      <select value={gate ?? ''} onChange={({ target }) => choose(target.value)}>
        <option value="">{t('heat.all')}</option>
        {!isListed && <option value={gate}>{gate}</option>}
        {gates.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
