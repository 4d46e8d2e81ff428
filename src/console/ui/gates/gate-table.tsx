import type { PlacedGate } from '../../../core/console/gates.ts';
import { Button } from '../parts/button.tsx';
import css from '../parts/desk.module.css';
import { useWords } from '../use-console.ts';

interface Props {
  gates: readonly PlacedGate[];
  chosen: ReadonlySet<string>;
  mayEnrol: boolean;
  mayWrite: boolean;
  onChoose: (chosen: ReadonlySet<string>) => void;
  onChange: (gate: PlacedGate) => void;
}

/** Gates by id, each to be chosen and changed. */
export function GateTable({ gates, chosen, mayEnrol, mayWrite, onChoose, onChange }: Props) {
  const { t, f } = useWords();
  const toggle = (ids: readonly string[], on: boolean) => {
    const next = new Set(chosen);
    for (const id of ids) on ? next.add(id) : next.delete(id);
    onChoose(next);
  };
  const open = gates.filter(({ closedAt }) => closedAt === undefined).map(({ id }) => id);
  const heads = [
    t('gates.id'),
    t('gates.name'),
    t('gates.venue'),
    t('gates.region'),
    t('gates.site'),
    t('gates.direction'),
    t('gates.phones'),
    t('gates.last'),
  ];
  return (
    <>
      {mayEnrol && open.length > 1 && (
        <label className={css['row']}>
          <input
            type="checkbox"
            checked={open.every((id) => chosen.has(id))}
            onChange={(event) => toggle(open, event.target.checked)}
          />
          {t('gates.pickAll')}
        </label>
      )}
      <div className={css['scroll']}>
        <table className={css['table']}>
          <thead>
            <tr>
              {mayEnrol && <td />}
              {heads.map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
              {mayWrite && <td />}
            </tr>
          </thead>
          <tbody>
            {gates.map((gate) => (
              <tr key={gate.id}>
                {mayEnrol && (
                  <td>
                    <input
                      type="checkbox"
                      aria-label={t('gates.pick', { name: gate.name })}
                      disabled={gate.closedAt !== undefined}
                      checked={chosen.has(gate.id)}
                      onChange={(event) => toggle([gate.id], event.target.checked)}
                    />
                  </td>
                )}
                <td data-label={heads[0]}>
                  <code>{gate.id}</code>
                </td>
                <th scope="row">{gate.name}</th>
                <td data-label={heads[2]}>{t(`venue.${gate.venue}`)}</td>
                <td data-label={heads[3]} className={css['tight']}>
                  {gate.region ?? '—'}
                </td>
                <td data-label={heads[4]}>{gate.site ?? '—'}</td>
                <td data-label={heads[5]}>{t(`direction.${gate.direction}`)}</td>
                <td data-label={heads[6]}>{f.number(gate.devices)}</td>
                <td data-label={heads[7]}>
                  {gate.closedAt !== undefined
                    ? t('gates.closedSince', { time: f.dayTime(gate.closedAt, Date.now()) })
                    : gate.receivedAt === undefined
                      ? t('gates.never')
                      : f.dayTime(gate.receivedAt, Date.now())}
                </td>
                {mayWrite && (
                  <td>
                    <Button
                      onClick={() => onChange(gate)}
                      aria-label={t('gates.changeWhich', { name: gate.name })}
                    >
                      {t('gates.change')}
                    </Button>
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
