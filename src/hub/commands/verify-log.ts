import { exit, refusal, usageError } from '../../node/command-error.ts';
import type { Answer } from '../../node/program.ts';
import { verifyActs } from '../../node/store/act-log.ts';
import { receiptKeys, trustOptions } from '../start/proof-keys.ts';
import { listDevices } from '../store/devices.ts';
import { proofsSince } from '../store/proof/begin-proofs.ts';
import { type LogReport, verifyLogOf } from '../store/proof/verify-log.ts';
import { command, minute, type Work } from './command.ts';
import { line } from './print.ts';

/** Checks every device's log as the hub holds it, and names what is wrong with each. */
export const verifyLogs = command(
  `verify-log [DEVICE] --trust DIR
  verify-log --operators
          checks the logs taken in: content, chain, what devices signed, receipts, the hub's word on
          each device. DIR is the authority's public folder; once more for keys of before. Ends with
          0 whole, 1 something is wrong, 2 nothing wrong was found and it is no proof.
          --operators: the log of what operators did, its content and chain`,
  { ...trustOptions, operators: { type: 'boolean' } },
  ['[DEVICE]'],
  (values, [wanted], readFile) => {
    const { operators = false } = values;
    if (!operators) return devicesOf(receiptKeys(values, readFile), wanted);
    if (wanted !== undefined || values.trust !== undefined)
      throw usageError('--operators stands alone');
    return operatorsToo;
  },
);

const devicesOf =
  (keys: ReturnType<typeof receiptKeys>, wanted: string | undefined): Work =>
  async ({ sql }) => {
    const known = await listDevices(sql);
    const devices = wanted === undefined ? known : known.filter(({ id }) => id === wanted);
    if (wanted !== undefined && devices.length === 0) throw refusal('no such device');
    const reports: Report[] = [];
    for (const device of devices) {
      const revoked = device.revokedAt !== undefined;
      reports.push({ ...(await verifyLogOf(sql, device, keys)), revoked });
    }
    return conclude(reports, await proofsSince(sql));
  };

/** Cut off at its end it looks whole: compare the head with one that was written down. */
const operatorsToo: Work = async ({ sql }) => {
  const { entries, head, brokenAt = null } = await verifyActs(sql);
  const found = brokenAt === null ? 'whole' : `BROKEN at ${brokenAt}`;
  return {
    say: [line('operators', `${entries} acts`, found), `head ${head}`],
    facts: { ok: brokenAt === null, entries, head, brokenAt },
    exitCode: brokenAt === null ? exit.done : exit.refused,
  };
};

type Report = LogReport & { readonly revoked: boolean };

function conclude(reports: readonly Report[], since?: number): Answer {
  const broken = reports.filter(({ problem }) => problem).length;
  const open = reports.filter(({ problem, lacks }) => !problem && lacks.length > 0).length;
  const isOpen = open > 0 || reports.length === 0;
  const kept =
    since === undefined
      ? 'signatures are not kept yet: start the hub once'
      : `signatures are kept since ${minute(since)}`;
  const end = broken > 0 ? [`${broken} broken`] : isOpen ? [`${open} not proven`] : [];
  return {
    say: [
      ...reports.flatMap((report) => reportLines(report, report.revoked)),
      ...(reports.length === 0 ? ['no device is enrolled'] : []),
      ...[kept, ...end],
    ],
    facts: {
      ok: broken === 0 && !isOpen,
      signaturesSince: since ?? null,
      devices: reports.map((report) => ({ ...report, problem: report.problem ?? null })),
    },
    exitCode: broken > 0 ? exit.refused : isOpen ? exit.notProven : exit.done,
  };
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
