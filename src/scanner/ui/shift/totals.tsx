import type { Outcomes } from '../../../core/log/shift-summary.ts';
import { useApp, useWords } from '../use-ui.ts';
import css from './totals.module.css';

const decidedOn = ['check', 'unknown', 'pass', 'stop', 'byHand'] as const;

/** This shift's people by how it ended. The last three numbers add up to the first. */
export function Totals() {
  const outcomes = useApp((state) => state.outcomes);
  const tally = useApp((state) => state.tally);
  const left = useApp((state) => state.left.admitted);
  const looks = useApp((state) => state.looks);
  const { t, f } = useWords();
  const verdicts = tally?.summary().verdicts;
  const open = decidedOn.flatMap((row) => {
    const n = verdicts?.[row].notRecorded ?? 0;
    return n === 0 ? [] : `${t(row === 'byHand' ? 'bar.manual' : `state.${row}`)} ${f.number(n)}`;
  });
  const { admitted, refused, notRecorded } = outcomes;
  const numbers = { people: peopleIn(outcomes), admitted, refused, notRecorded };
  return (
    <dl className={css['totals']}>
      {(['people', 'admitted', 'refused', 'notRecorded'] as const).map((name) => (
        <div key={name}>
          <dt>{t(`paper.${name}`)}</dt>
          <dd>
            <b>{f.number(numbers[name])}</b>
            {name === 'notRecorded' && open.length > 0 && <span>{open.join(' · ')}</span>}
          </dd>
        </div>
      ))}
      {left > 0 && <Other name={t('way.left')} value={f.number(left)} />}
      {looks > 0 && <Other name={t('look.count')} value={f.number(looks)} />}
    </dl>
  );
}

const peopleIn = ({ admitted, refused, notRecorded }: Outcomes) => admitted + refused + notRecorded;

/** People who are not among those above. */
function Other({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <b>{value}</b>
      </dd>
    </div>
  );
}
