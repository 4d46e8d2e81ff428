import { isClaimText } from '../../../core/pass/claim-text.ts';
import { readCsv } from '../../../core/table/read-csv.ts';
import { venues } from '../../../core/trust/venue-rule.ts';
import { refusal, usageError } from '../../../node/command-error.ts';
import { readChoice, readCode, readGateId } from '../../../node/command-values.ts';
import type { ReadFile } from '../../../node/read-files.ts';
import type { Gate } from '../../store/devices.ts';
import type { Known } from '../../store/gates.ts';

/** What is said of a gate, as options or as the columns of a file. */
export const gateColumns = ['gate', 'name', 'venue', 'region'] as const;
type GateText = { readonly [column in (typeof gateColumns)[number]]?: string | undefined };

/** One gate, of the options. */
export function readGate(values: GateText): Gate {
  const id = readGateId('--gate', values.gate);
  const { name = '', region } = values;
  if (!name || name.length > 120 || !isClaimText(name, 480) || name.trim() === '') {
    throw usageError('--name is what the guard reads, 1 to 120 long, all of it to be seen');
  }
  const venue = readChoice('--venue', values.venue, venues);
  return { id, name, venue, ...(region !== undefined && { region: readCode('--region', region) }) };
}

const mostGates = 500;

/**
 * The gates of a CSV file, its first line `gate,name,venue,region` in any order, region as far as there
 * is one. All of them or none: what is wrong is said with its line.
 */
export function readGates(file: string, readFile: ReadFile): readonly Gate[] {
  const [head, ...rows] = readCsv(readText(file, readFile)) ?? [];
  const columns = head?.cells.map((cell) => cell.trim()) ?? [];
  const lacking = gateColumns.find((one) => one !== 'region' && !columns.includes(one));
  if (lacking) throw usageError(`--gates: the first line of the file names ${gateColumns}`);
  if (rows.length === 0 || rows.length > mostGates)
    throw usageError(`--gates: the file has 1 to ${mostGates} gates`);
  const lineOf = new Map<string, number>();
  return rows.map(({ line, cells }) => {
    const said = Object.fromEntries(columns.map((column, i) => [column, cells[i]?.trim() ?? '']));
    const { region, ...others } = said as GateText;
    const gate = atLine(line, () => readGate(region ? said : others));
    const before = lineOf.get(gate.id);
    if (before) throw usageError(`--gates: line ${line} has the gate of line ${before} again`);
    lineOf.set(gate.id, line);
    return gate;
  });
}

function readText(file: string, readFile: ReadFile): string {
  try {
    return readFile(file).toString('utf8');
  } catch {
    throw usageError('--gates: the file cannot be read');
  }
}

function atLine<T>(line: number, read: () => T): T {
  try {
    return read();
  } catch (thrown) {
    throw usageError(`--gates: line ${line}: ${(thrown as Error).message}`);
  }
}

/** Refuses gates that phones and codes of the hub know otherwise: a mistyped id, most of all. */
export function refuseOthers(gates: readonly Gate[], known: ReadonlyMap<string, Known>): void {
  for (const { id, name, venue, region } of gates) {
    const here = known.get(id);
    if (!here || (here.name === name && here.venue === venue && here.region === region)) continue;
    const facts = [here.name, here.venue, here.region ?? 'no region'].join(', ');
    throw refusal(
      `gate ${id} is known here as ${facts}: say the same, another --gate, or --replace`,
    );
  }
}
