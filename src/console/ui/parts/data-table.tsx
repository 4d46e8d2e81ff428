import type { ReactNode } from 'react';
import css from './desk.module.css';

export interface DataColumn<R> {
  readonly head: string;
  /** A number stands at the end, a name names the row. Default: text. */
  readonly is?: 'number' | 'name';
  cell(row: R): ReactNode;
}

interface Props<R> {
  rows: readonly R[];
  columns: readonly DataColumn<R>[];
  keyOf(row: R): string | number;
  /** What can be done with a row, below the last head. */
  action?: { readonly head: string; cell(row: R): ReactNode };
}

/** Rows of a table, each a card on a phone, where every cell says which column it is of. */
export function DataTable<R>({ rows, columns, keyOf, action }: Props<R>) {
  return (
    <div className={css['scroll']}>
      <table className={css['table']}>
        <thead>
          <tr>
            {columns.map(({ head, is }) => (
              <th key={head} scope="col" data-number={is === 'number' || undefined}>
                {head}
              </th>
            ))}
            {action && <th scope="col">{action.head}</th>}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)}>
              {columns.map(({ head, is, cell }) =>
                is === 'name' ? (
                  <th key={head} scope="row">
                    {cell(row)}
                  </th>
                ) : (
                  <td
                    key={head}
                    data-label={head}
                    data-number={is === 'number' || undefined}
                    data-text={is === undefined || undefined}
                  >
                    {cell(row)}
                  </td>
                ),
              )}
              {action && <td>{action.cell(row)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
