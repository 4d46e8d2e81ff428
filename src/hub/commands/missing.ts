import { refusal } from '../../node/command-error.ts';
import { type ListedDevice, listDevices } from '../store/devices.ts';
import type { Range } from '../store/given-up.ts';
import { listMissing, type Missing } from '../store/missing.ts';
import { command, minute } from './command.ts';
import { line } from './print.ts';

/**
 * What never came. A device that lost its storage is enrolled again as a new one: this says what is
 * missing from the old one.
 */
export const missing = command(
  `missing [DEVICE]
          what never came of each device's log: gaps, entries in quarantine, shifts not ended;
          without DEVICE only those of whom something is missing`,
  {},
  ['[DEVICE]'],
  (_, [wanted]) =>
    async ({ sql }) => {
      const devices = await listDevices(sql);
      const known = new Map(devices.map((device) => [device.id, device]));
      if (wanted !== undefined && !known.has(wanted)) throw refusal('no such device');
      const all = await listMissing(sql, wanted);
      const shown = wanted === undefined ? all.filter(isIncomplete) : all;
      const blocks = shown.map((one) => report(one, known.get(one.device), devices));
      const sum = `${shown.length} of ${all.length} devices miss something`;
      return {
        say: wanted === undefined ? [...blocks, sum] : blocks,
        facts: { devices: shown.map(missingFacts), lookedAt: all.length },
      };
    },
);

/** The same as facts. `broken` is the first entry that does not fit, null when all do. */
export const missingFacts = (one: Missing): object => ({
  ...one,
  receivedAt: one.receivedAt ?? null,
  broken: isBroken(one) ? one.head + 1 : null,
  complete: !isIncomplete(one),
});

/** The same in a few words. */
export function missingInShort(one: Missing): string {
  const { last, gaps, quarantined, openShifts } = one;
  if (last === 0) return 'nothing received';
  return [
    `to ${last}`,
    ...(gaps.length > 0 ? [`${countOf(gaps)} missing`] : []),
    ...(isBroken(one) ? [`broken at ${one.head + 1}`] : []),
    ...(quarantined.length > 0 ? [`${quarantined.length} in quarantine`] : []),
    ...marksOf(one),
    ...(openShifts.length > 0 ? ['shift not ended'] : []),
  ].join(', ');
}

/** What the operator must know of a device's entries wherever they are listed. */
const marksOf = ({ otherGate, untrusted, unkept }: Missing): string[] => [
  ...(otherGate > 0 ? [`${otherGate} FOR ANOTHER GATE`] : []),
  ...(untrusted > 0 ? [`${untrusted} after it was REVOKED`] : []),
  ...(unkept > 0 ? [`${unkept} bad ones more than there is room for`] : []),
];

const isIncomplete = (one: Missing): boolean =>
  one.gaps.length + one.quarantined.length + one.openShifts.length > 0 || isBroken(one);

/** Everything has come, but some entry is not the one its follower names. */
const isBroken = ({ gaps, head, last }: Missing): boolean => gaps.length === 0 && last > head;

function report(
  one: Missing,
  device: ListedDevice | undefined,
  all: readonly ListedDevice[],
): string {
  const { gaps, quarantined, openShifts, last, receivedAt } = one;
  const revoked =
    device?.revokedAt === undefined ? 'trusted' : `REVOKED ${minute(device.revokedAt)}`;
  const came = receivedAt === undefined ? 'nothing received' : `last ${minute(receivedAt)}`;
  const heir = all.findLast(({ gate }) => gate.id === device?.gate.id);
  const lines = [
    ...(gaps.length > 0 ? [`never came: ${rangesText(gaps)}`] : []),
    ...(isBroken(one) ? [`chain broken at ${one.head + 1}: see verify-log`] : []),
    ...(quarantined.length > 0
      ? [`in quarantine: ${some(quarantined.map(({ seq, reason }) => `${seq} ${reason}`))}`]
      : []),
    ...marksOf(one),
    ...openShifts.map(({ shift, at }) => `shift ${shift} of ${minute(at)} has not ended`),
    ...(heir && device && heir.enrolledAt > device.enrolledAt
      ? [`a newer device is at this gate: ${heir.id}`]
      : []),
    `${isIncomplete(one) ? 'known' : 'nothing missing'} up to ${last}; later entries, if any, have not come`,
  ];
  const head = line(one.device, device?.gate.id ?? '-', revoked, came);
  return [head, ...lines.map((said) => `  ${line(said)}`)].join('\n');
}

const countOf = (ranges: readonly Range[]): number =>
  ranges.reduce((sum, { from, to }) => sum + to - from + 1, 0);

function rangesText(ranges: readonly Range[]): string {
  const texts = ranges.map(({ from, to }) => (from === to ? `${from}` : `${from}-${to}`));
  return `${some(texts)} (${countOf(ranges)} entries)`;
}

const maxShown = 20;

const some = (texts: readonly string[]): string =>
  texts.length > maxShown
    ? `${texts.slice(0, maxShown).join(', ')} and ${texts.length - maxShown} more`
    : texts.join(', ');
