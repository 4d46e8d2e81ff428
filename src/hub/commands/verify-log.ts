import { StartError, usageError } from '../../node/start-error.ts';
import { receiptKeys, trustOptions } from '../start/proof-keys.ts';
import { listDevices } from '../store/devices.ts';
import { proofsSince } from '../store/proof/begin-proofs.ts';
import { type LogReport, verifyLogOf } from '../store/proof/verify-log.ts';
import { dataOption, type HubCommand, minute, readCommandArgs } from './command.ts';
import { line } from './print.ts';

const options = { ...dataOption, ...trustOptions } as const;
/** Exit codes of `verify-log`, stable. */
const ends = { broken: 1, notProven: 2 } as const;

/** Checks every device's log as the hub holds it, and names what is wrong with each. */
export const verifyLogs: HubCommand = {
  usage: `verify-log [DEVICE] --trust DIR
          checks the logs taken in: content, chain, what devices signed, receipts, the hub's word on
          each device. DIR is the authority's public folder; once more for keys of before. Ends with
          0 whole, 1 something is wrong, 2 nothing wrong was found and it is no proof`,
  read(args) {
    const { values, positionals } = readCommandArgs(args, options);
    if (positionals.length > 1) throw usageError('verify-log takes one DEVICE at most');
    return {
      data: values.data,
      async run({ sql }) {
        const keys = receiptKeys(values);
        const [wanted] = positionals;
        const known = await listDevices(sql);
        const devices = wanted === undefined ? known : known.filter(({ id }) => id === wanted);
        if (wanted !== undefined && devices.length === 0) throw new StartError('no such device');
        const reports: LogReport[] = [];
        for (const device of devices) reports.push(await verifyLogOf(sql, device, keys));
        const revoked = new Set(devices.flatMap((one) => (one.revokedAt ? [one.id] : [])));
        const lines = reports.flatMap((report) => reportLines(report, revoked.has(report.device)));
        return conclude(lines, reports, await proofsSince(sql));
      },
    };
  },
};

function conclude(lines: string[], reports: readonly LogReport[], since?: number): string {
  const broken = reports.filter(({ problem }) => problem).length;
  const open = reports.filter(({ problem, lacks }) => !problem && lacks.length > 0).length;
  const kept =
    since === undefined
      ? 'signatures are not kept yet: start the hub once'
      : `signatures are kept since ${minute(since)}`;
  const text = [...lines, ...(reports.length === 0 ? ['no device is enrolled'] : []), kept];
  if (broken > 0) throw new StartError([...text, `${broken} broken`].join('\n'), ends.broken);
  if (open > 0 || reports.length === 0) {
    throw new StartError([...text, `${open} not proven`].join('\n'), ends.notProven);
  }
  return text.join('\n');
}

const lacking = {
  keys: 'no keys to check receipts with (--trust)',
  record: 'the hub has not signed its word on this device yet',
  entries: 'nothing is here: a phone that sent nothing looks the same as a log that was emptied',
} as const;
const maxShown = 5;

export function reportLines(report: LogReport, isRevoked = false): string[] {
  const { device, entries, quarantined, head, unsigned, problem, findings, lacks } = report;
  const found = problem
    ? `BROKEN at ${problem.at}: ${problem.problem}`
    : lacks.length > 0
      ? 'nothing wrong found, not proven'
      : 'whole';
  const first = line(
    device,
    ...(isRevoked ? ['REVOKED'] : []),
    `${entries} entries`,
    `${quarantined} in quarantine`,
    `to ${head.seq}`,
    ...(unsigned > 0 ? [`${unsigned} unsigned: from before`] : []),
    found,
  );
  const more = findings.slice(1, maxShown).map(({ at, problem: what }) => `also at ${at}: ${what}`);
  const rest = findings.length > maxShown ? [`and ${findings.length - maxShown} more`] : [];
  return [
    first,
    ...[...more, ...rest, ...lacks.map((one) => lacking[one])].map((said) => `  ${said}`),
  ];
}
