import { useWords } from '../use-ui.ts';
import css from './bar-table.module.css';

export interface Bar {
  readonly label: string;
  readonly value: number;
  /** Colours the bar as its verdict; its label says the same. */
  readonly state?: string;
}

/** A bar chart that is its own table: label, bar, number. Bars share one scale. */
export function BarTable({ title, bars }: { title: string; bars: readonly Bar[] }) {
  const { f } = useWords();
  if (bars.length === 0) return null;
  const most = Math.max(1, ...bars.map(({ value }) => value));
  return (
    <table className={css['table']}>
      <caption>{title}</caption>
      <tbody>
        {bars.map(({ label, value, state }) => (
          <tr key={label}>
            <th scope="row">{label}</th>
            <td>
              <svg className={css['bar']} data-state={state} aria-hidden="true">
                <rect width={`${(100 * value) / most}%`} height="100%" rx="3" />
              </svg>
            </td>
            <td className={css['number']}>{f.number(value)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
