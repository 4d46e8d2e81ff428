import { useEffect, useRef, useState } from 'react';
import {
  type ManualCategory,
  type ManualForm,
  manualCategories,
  maxCompanions,
  tailOf,
} from '../../../core/log/manual.ts';
import { measuredWith } from '../../app/trust/scanned-with.ts';
import { Sheet } from '../parts/sheet.tsx';
import { Choice } from '../settings/choice.tsx';
import { useDeaf } from '../taps/use-deaf.ts';
import { useActions, useApp, useWords } from '../use-ui.ts';
import { Decide } from './decide.tsx';
import css from './manual-sheet.module.css';
import { Stepper } from './stepper.tsx';
import { TailField } from './tail-field.tsx';
import { type Taken, TakeTemperature } from './take-temperature.tsx';
import { WhyRefused } from './why-refused.tsx';

/** 原有方式: lets somebody in, or not, who has no code the scanner can read. */
export function ManualSheet({ onClose }: { onClose: () => void }) {
  const asked = useApp((state) => state.trust.temperature);
  // a person without a code came past the thermal camera too: a fever is the reason of a refusal
  const isMeasured = useApp((state) => measuredWith(state) !== undefined);
  const rule = isMeasured ? undefined : asked;
  const { t } = useWords();
  const { registerByHand, holdReading } = useActions();
  const [category, setCategory] = useState<ManualCategory>('no-phone');
  const [typed, setTyped] = useState('');
  const tail = tailOf(typed);
  const [companions, setCompanions] = useState(0);
  const [taken, setTaken] = useState<Taken>();
  const [refusing, setRefusing] = useState(false);
  const form = useRef<HTMLDivElement>(null);
  useDeaf(form, refusing ? undefined : 'form');

  useEffect(() => {
    holdReading(true);
    return () => holdReading(false);
  }, [holdReading]);

  const write = async (refusal?: ManualForm['refusal']) => {
    await registerByHand({
      category,
      tail,
      companions,
      ...(typeof taken === 'number' && { temperatureC: taken }),
      ...(taken === 'high' && { high: true as const }),
      ...(refusal !== undefined && { refusal }),
    });
    onClose();
  };

  return (
    <Sheet title={t('bar.manual')} onClose={onClose}>
      {/* out of sight, not taken away: the way back leads to what was typed */}
      <div ref={form} className={css['form']} hidden={refusing}>
        <p>{t('manual.lead')}</p>
        <Choice
          title={t('manual.category')}
          value={category}
          options={manualCategories.map((name) => [name, t(`manual.category.${name}`)] as const)}
          compact
          onChange={setCategory}
        />
        <div className={css['row']}>
          <TailField value={typed} onChange={setTyped} />
        </div>
        <Stepper
          title={t('manual.companions')}
          value={companions}
          max={maxCompanions}
          onChange={setCompanions}
        />
        {rule && (
          <div className={css['row']}>
            <TakeTemperature rule={rule} taken={taken} onTaken={setTaken} />
          </div>
        )}
        <Decide
          {...{ rule, taken, tail }}
          onAdmit={() => void write()}
          onRefuse={(why) => (why ? void write(why) : setRefusing(true))}
        />
      </div>
      {refusing && (
        <WhyRefused onRefuse={(why) => void write(why)} onBack={() => setRefusing(false)} />
      )}
    </Sheet>
  );
}
