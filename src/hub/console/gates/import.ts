import * as v from 'valibot';
import { type Areas, isWithin } from '../../../core/console/areas.ts';
import {
  type GateColumn,
  type GateFacts,
  gateColumns,
  gateFacts,
  type ImportPlan,
  type LineProblem,
  type PlacedGate,
} from '../../../core/console/gates.ts';
import type { GateSettings } from '../../../core/enrol/gate-settings.ts';
import type { CsvRecord } from '../../../core/table/read-csv.ts';
import { settingsOfLine } from './import-settings.ts';

/** Gates of one table. */
export const mostGates = 2000;

interface Known {
  readonly gates: ReadonlyMap<string, PlacedGate>;
  readonly sites: ReadonlySet<string>;
  readonly areas: Areas;
}

/**
 * What a table of gates would do: every line judged, so that all mistakes are told at once. The first
 * line names the columns, in any order. Undefined when it names neither `gate`, `name` nor `venue`.
 */
export function planImport(records: readonly CsvRecord[], known: Known): ImportPlan | undefined {
  const [head, ...lines] = records;
  const columns = head?.cells.map((cell) => cell.trim().toLowerCase()) ?? [];
  const lacking = ['gate', 'name', 'venue'].some((column) => !columns.includes(column));
  if (lacking || lines.length === 0 || lines.length > mostGates) return undefined;
  const problems: LineProblem[] = [];
  const rows: ImportPlan['rows'][number][] = [];
  const seen = new Set<string>();
  for (const { line, cells } of lines) {
    const gate = readLine(columns, cells);
    const before = typeof gate === 'string' ? undefined : known.gates.get(gate.id);
    const settings = settingsOfLine(columns, cells, before?.settings);
    const what = typeof gate === 'string' ? gate : problemOf(gate, seen, known);
    if (what !== undefined || typeof gate === 'string' || typeof settings === 'string') {
      problems.push({ line, what: what ?? (typeof settings === 'string' ? settings : 'line') });
      continue;
    }
    seen.add(gate.id);
    const change = changeOf(gate, settings, before);
    rows.push({ line, gate, ...(settings && { settings }), change });
  }
  return { rows, problems };
}

/** The gate of a line, or the column that is wrong. An empty cell is one that is not there. */
function readLine(
  columns: readonly string[],
  cells: readonly string[],
): GateFacts | GateColumn | 'line' {
  const said: Record<string, string> = { direction: 'in' };
  for (const column of gateColumns) {
    const cell = cells[columns.indexOf(column)]?.trim() ?? '';
    if (cell !== '') said[column === 'gate' ? 'id' : column] = cell;
  }
  const parsed = v.safeParse(gateFacts, said);
  if (parsed.success) return parsed.output;
  const key = parsed.issues[0].path?.[0]?.key;
  return gateColumns.find((column) => column === (key === 'id' ? 'gate' : key)) ?? 'line';
}

function problemOf(
  gate: GateFacts,
  seen: ReadonlySet<string>,
  { gates, sites, areas }: Known,
): LineProblem['what'] | undefined {
  if (seen.has(gate.id)) return 'twice';
  if (gate.site !== undefined && !sites.has(gate.site)) return 'no-site';
  const before = gates.get(gate.id);
  if (!isWithin(areas, gate) || (before && !isWithin(areas, before))) return 'line';
  return undefined;
}

const facts = ['name', 'venue', 'region', 'site', 'district', 'direction', 'zone'] as const;

const settingNames = ['rapid', 'passBackS', 'language', 'kiosk'] as const;

function changeOf(
  gate: GateFacts,
  settings: GateSettings | undefined,
  before: PlacedGate | undefined,
): 'new' | 'changed' | 'same' {
  if (!before) return 'new';
  const isSet = settings && settingNames.some((one) => settings[one] !== before.settings?.[one]);
  const isSame = !isSet && facts.every((fact) => gate[fact] === before[fact]);
  return isSame && before.closedAt === undefined ? 'same' : 'changed';
}
