import type { ReactNode } from 'react';
import css from './desk.module.css';
import own from './number-table.module.css';

export interface NumberColumn<R> {
  readonly head: string;
  /** Text stands at the start, numbers at the end. Default: a number. */
  readonly isText?: boolean;
  cell(row: R): ReactNode;
}

interface Props<R> {
  rows: readonly R[];
  /** Of the first column, which names the row. */
  head: string;
  keyOf(row: R): string;
  name(row: R): ReactNode;
  columns: readonly NumberColumn<R>[];
}

/** Rows with a name and numbers; on a phone the numbers stand below the name, each under its column's. */
export function NumberTable<R>({ rows, head, keyOf, name, columns }: Props<R>) {
  return (
    <div className={own['wrap']}>
      <table className={`${css['table']} ${own['numbers']}`}>
        <thead>
          <tr>
            <th scope="col">{head}</th>
            {columns.map((column) => (
              <th key={column.head} scope="col" data-number={!column.isText || undefined}>
                {column.head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)}>
              <th scope="row">{name(row)}</th>
              {columns.map((column) => (
                <td
                  key={column.head}
                  data-label={column.head}
                  data-number={!column.isText || undefined}
                >
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
