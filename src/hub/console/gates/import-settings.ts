import * as v from 'valibot';
import { settingColumns } from '../../../core/console/gates.ts';
import { type GateSettings, gateSettings } from '../../../core/enrol/gate-settings.ts';

type Column = (typeof settingColumns)[number];

const memberOf = {
  rapid: 'rapid',
  passback: 'passBackS',
  language: 'language',
  kiosk: 'kiosk',
} as const satisfies Readonly<Record<Column, keyof GateSettings>>;

const words: Readonly<Record<string, boolean>> = { on: true, off: false };

/** A cell as its member; what it cannot be stays a text, which no shape takes. */
function readCell(column: Column, cell: string): unknown {
  if (column === 'rapid') return words[cell.toLowerCase()] ?? cell;
  return column === 'passback' && /^\d{1,6}$/.test(cell) ? Number(cell) : cell;
}

/**
 * What a line makes of a gate's settings, or the column that is wrong; undefined where the table has no
 * column of them. There is none for a PIN: tables lie about.
 */
export function settingsOfLine(
  columns: readonly string[],
  cells: readonly string[],
  before: GateSettings = {},
): GateSettings | Column | undefined {
  const there = settingColumns.filter((column) => columns.includes(column));
  if (there.length === 0) return undefined;
  const said: Record<string, unknown> = { ...before };
  for (const column of there) {
    const cell = cells[columns.indexOf(column)]?.trim() ?? '';
    const member = memberOf[column];
    delete said[member];
    if (cell === '') continue;
    const value = readCell(column, cell);
    if (!v.is(gateSettings.entries[member], value)) return column;
    said[member] = value;
  }
  return v.parse(gateSettings, said);
}
