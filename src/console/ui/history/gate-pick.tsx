import { useEffect, useId, useState } from 'react';
import type { PlacedGate } from '../../../core/console/gates.ts';
import { Field } from '../../../parts/labelled.tsx';
import { useQuery, useWords } from '../use-console.ts';

interface Props {
  /** Id of the gate chosen; undefined for all. */
  gate: string | undefined;
  onChoose: (gate: string | undefined) => void;
}

/** One gate of many, by its name or id; what is typed half asks for none yet. */
export function GatePick({ gate, onChoose }: Props) {
  const { t } = useWords();
  const list = useId();
  const [typed, setTyped] = useState(gate ?? '');
  const { data, loading } = useQuery<{ gates: readonly PlacedGate[] }>(
    `/gates?closed=1&search=${encodeURIComponent(typed.trim())}`,
  );
  const gates = data?.gates ?? [];
  const wanted = typed.trim();
  const chosen =
    wanted === '' ? undefined : gates.find(({ id, name }) => id === wanted || name === wanted)?.id;
  useEffect(() => {
    if (!loading && chosen !== gate) onChoose(chosen);
  }, [loading, chosen, gate, onChoose]);
  const isNone = wanted !== '' && !loading && gates.length === 0;
  return (
    <>
      <Field
        label={t('find.gate')}
        hint={isNone ? t('find.noGate') : t('find.gateHint')}
        wrong={isNone}
        type="search"
        list={list}
        value={typed}
        onChange={setTyped}
      />
      <datalist id={list}>
        {gates.slice(0, 50).map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </datalist>
    </>
  );
}
