/** `npm run test:ha`: two hubs over two PostgreSQL under Patroni; ends with 1 when anything went wrong. */
import { existsSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { postgresBin } from '../support/postgres-server.ts';
import { type Way, ways } from './cluster.ts';
import { type FaultKind, faultKinds } from './faults.ts';
import { type HaResult, type Row, runHa } from './rounds.ts';

const usage = `Usage: npm run test:ha -- [--seed N] [--kills N] [--way ${ways.join('|')}] [--only KIND,KIND…] [--json FILE]
Default: seed 1, each kind once, a URL of both servers.
Wants Debian's postgresql, patroni, etcd-server; haproxy and pgbouncer for those ways.
Kinds: ${faultKinds.join('; ')}`;

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    kills: { type: 'string' },
    way: { type: 'string', default: 'hosts' },
    only: { type: 'string' },
    json: { type: 'string' },
    help: { type: 'boolean' },
  },
});

const columns: readonly (readonly [title: string, of: (row: Row) => number | string])[] = [
  ['promoted after s', ({ promoted }) => promoted ?? '–'],
  ['answered after that s', ({ answered }) => answered ?? '–'],
  ['longest without s', ({ without }) => without],
  ['2xx', ({ receipts }) => receipts],
  ['503', ({ unavailable }) => unavailable],
  ['longest answer s', ({ longestAnswer }) => longestAnswer],
  ['receipted', ({ receipted }) => receipted],
  ['lost', ({ lost }) => lost],
  ['wrong', ({ wrong }) => wrong.length],
];

const line = (cells: readonly (number | string)[]): string => `| ${cells.join(' | ')} |`;

function tell(row: Row): void {
  console.log(line([row.kind, ...columns.map(([, of]) => of(row))]));
  for (const said of new Set(row.wrong)) console.error(`WRONG ${said}`);
}

const missing = (): string[] =>
  [
    postgresBin() ?? 'postgresql',
    ...['/usr/bin/patroni', '/usr/bin/etcd'],
    ...(values.way === 'hosts' ? [] : ['/usr/sbin/haproxy']),
    ...(values.way === 'pgbouncer' ? ['/usr/sbin/pgbouncer'] : []),
  ].filter((path) => !existsSync(path));

const isWay = (text: string): text is Way => ways.some((way) => way === text);
const isKind = (text: string): text is FaultKind => faultKinds.some((kind) => kind === text);

async function main(): Promise<number> {
  const only = values.only?.split(',') ?? faultKinds;
  if (values.help || !isWay(values.way) || !only.every(isKind)) {
    console.log(usage);
    return values.help ? 0 : 64;
  }
  if (missing().length > 0) {
    console.error(`not here: ${missing().join(', ')}`);
    return 69;
  }
  const seed = Number(values.seed);
  const kills = Number(values.kills ?? only.length);
  console.log(`seed ${seed}, way ${values.way}`);
  console.log(line(['fault', ...columns.map(([title]) => title)]));
  console.log(line(['---', ...columns.map(() => '---')]));
  const result: HaResult = await runHa({ seed, kills, way: values.way, only, tell });
  for (const said of result.wrong) console.error(`WRONG ${said}`);
  if (values.json) writeFileSync(values.json, `${JSON.stringify(result, undefined, 2)}\n`);
  return result.wrong.length + result.rows.flatMap(({ wrong }) => wrong).length === 0 ? 0 : 1;
}

process.once('SIGINT', () => process.exit(130));
process.once('SIGTERM', () => process.exit(143));
process.exitCode = await main().catch((error: unknown) => {
  console.error(error);
  return 1;
});
process.exit();
