import { useEffect, useState } from 'react';
import {
  type ManualCategory,
  type ManualForm,
  manualCategories,
  maxCompanions,
  tailOf,
} from '../../../core/log/manual.ts';
import { Sheet } from '../parts/sheet.tsx';
import { Choice } from '../settings/choice.tsx';
import { useActions, useApp, useWords } from '../use-ui.ts';
import { Decide } from './decide.tsx';
import { Stepper } from './stepper.tsx';
import { TailField } from './tail-field.tsx';
import { type Taken, TakeTemperature } from './take-temperature.tsx';

/** 原有方式: lets somebody in, or not, who has no code the scanner can read. */
export function ManualSheet({ onClose }: { onClose: () => void }) {
  const rule = useApp((state) => state.trust.temperature);
  const { t } = useWords();
  const { registerByHand, holdReading } = useActions();
  const [category, setCategory] = useState<ManualCategory>('no-phone');
  const [typed, setTyped] = useState('');
  const tail = tailOf(typed);
  const [companions, setCompanions] = useState(0);
  const [taken, setTaken] = useState<Taken>();

  useEffect(() => {
    holdReading(true);
    return () => holdReading(false);
  }, [holdReading]);

  const write = async (refusal?: ManualForm['refusal']) => {
    const temperatureC = taken === 'normal' ? undefined : taken;
    await registerByHand({
      category,
      tail,
      companions,
      ...(temperatureC !== undefined && { temperatureC }),
      ...(refusal !== undefined && { refusal }),
    });
    onClose();
  };

  return (
    <Sheet title={t('manual.title')} onClose={onClose}>
      <p>{t('manual.lead')}</p>
      <Choice
        title={t('manual.category')}
        value={category}
        options={manualCategories.map((name) => [name, t(`manual.category.${name}`)] as const)}
        onChange={setCategory}
      />
      <TailField value={typed} onChange={setTyped} />
      <Stepper
        title={t('manual.companions')}
        value={companions}
        max={maxCompanions}
        onChange={setCompanions}
      />
      {rule && <TakeTemperature rule={rule} taken={taken} onTaken={setTaken} />}
      <Decide rule={rule} taken={taken} tail={tail} onWrite={(refusal) => void write(refusal)} />
    </Sheet>
  );
}
