/** `npm run test:faults`: the long run, seeded and counted; ends with 1 when anything went wrong. */
import { writeFileSync } from 'node:fs';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { type FaultResult, runFaults } from './harness.ts';
import { type DatabaseKind, hasPostgres } from './hub-process.ts';

const usage = `Usage: npm run test:faults -- [--seed N] [--scans N] [--faults N] [--devices N]
  [--database pglite|postgres|both] [--only KIND,KIND…] [--browser FAULTS] [--kiosk DAYS]
  [--json FILE]
Default: seed 1, 10000 scans and 500 faults on each database there is here.
--browser FAULTS  instead: the built app in a real Chromium, struck so often while it scans, syncs
                  and purges
--kiosk DAYS      instead: a kiosk by itself for so many days of 2000 people, in a time of its own`;

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    scans: { type: 'string', default: '10000' },
    faults: { type: 'string', default: '500' },
    devices: { type: 'string', default: '6' },
    database: { type: 'string', default: 'both' },
    only: { type: 'string' },
    browser: { type: 'string' },
    kiosk: { type: 'string' },
    json: { type: 'string' },
    help: { type: 'boolean' },
  },
});

const listed = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .map(([name, n]) => `${name} ${n}`)
    .join(', ');

function table(result: FaultResult): string {
  const { run, wrong } = result;
  const times = Object.entries(result.recoveries).map(([kind, all]) => {
    const sorted = [...all].sort((a, b) => a - b);
    const s = (ms = 0) => (ms / 1000).toFixed(1);
    return `${kind} ${s(sorted[Math.floor(sorted.length / 2)])}/${s(sorted.at(-1))}`;
  });
  const lines = [
    `${run.database}, seed ${run.seed}, ${run.devices} phones, ${result.seconds} s`,
    `  presented ${result.presented}  shown ${result.shown}  passes ${result.passes}  log entries ${result.entries}, purged ${result.purged}`,
    `  shown: ${listed(result.reasons)}`,
    `  faults ${result.faultTotal}: ${listed(result.faults)}`,
    `  time to recover, median/longest s: ${times.join(', ') || 'none'}`,
    `  gates of a site: codes let in twice, where one gate had no word of the hub in time ${result.shownTwice}`,
    `  known limit: codes of another time passed by a wrong clock, the log saying unconfirmed ${result.passedUnconfirmed}`,
    ...(result.trouble === undefined ? [] : [`  ended early: ${result.trouble}`]),
    ...result.strange.slice(0, 20).map((one) => `  ${one}`),
    ...Object.entries(wrong).map(([name, n]) => `  ${n === 0 ? 'ok   ' : 'WRONG'} ${name} ${n}`),
  ];
  return lines.join('\n');
}

async function main(): Promise<number> {
  if (values.help) {
    console.log(usage);
    return 0;
  }
  if (values.browser !== undefined) {
    const { runBrowser } = await import('./browser-run.ts');
    const result = await runBrowser(Number(values.browser), Number(values.seed));
    console.log(result.text);
    return Object.values(result.wrong).every((n) => n === 0) ? 0 : 1;
  }
  if (values.kiosk !== undefined) {
    const { nothingWrong, runWeek } = await import('../support/kiosk-week/week.ts');
    const run = { seed: Number(values.seed), days: Number(values.kiosk), people: 2000 };
    const week = await runWeek(run);
    console.log(JSON.stringify(week, undefined, 1));
    return isDeepStrictEqual(week.wrong, nothingWrong) ? 0 : 1;
  }
  const databases: DatabaseKind[] =
    values.database === 'both'
      ? ['pglite', ...(hasPostgres() ? (['postgres'] as const) : [])]
      : [values.database === 'postgres' ? 'postgres' : 'pglite'];
  const results: FaultResult[] = [];
  for (const database of databases) {
    const [seed, scans, faults, devices] = [
      values.seed,
      values.scans,
      values.faults,
      values.devices,
    ].map(Number);
    const result = await runFaults({
      seed: seed ?? 1,
      scans: scans ?? 1,
      faults: faults ?? 1,
      devices: devices ?? 1,
      database,
      tell: (progress) => console.error(progress),
      ...(values.only !== undefined && { only: values.only.split(',') }),
    });
    console.log(table(result));
    results.push(result);
  }
  if (values.json) writeFileSync(values.json, `${JSON.stringify(results, undefined, 2)}\n`);
  return results.every(({ wrong }) => Object.values(wrong).every((n) => n === 0)) ? 0 : 1;
}

process.exitCode = await main();
process.exit();
