import { usageError } from '../../../node/command-error.ts';
import { readCode, readCount } from '../../../node/command-values.ts';
import { openDesk, refuseWrongClock } from '../desk.ts';
import { commit } from '../files/commit.ts';
import { addHubKeys, retireHubKeys } from '../hub-keys.ts';
import { init } from '../init.ts';
import type { NewIssuer } from '../issuers.ts';
import { publish } from '../publish.ts';
import { removeRegion, setRegion } from '../regions.ts';
import { rotateBundleKey, rotateRoot } from '../roots.ts';
import { schemes } from '../schemes.ts';
import { type CeremonyCommand, changing, command, saidOf } from './command.ts';
import { show } from './show.ts';
import { readIssuer, readNames, readTime } from './values.ts';

const twoYears = 2 * 365 * 24 * 3600;
const names = { type: 'string', multiple: true } as const;
const text = { type: 'string' } as const;

const replaceOptions = { replace: names, threshold: text, until: text } as const;

/** Root, bundle and the authority as a whole. */
export const authorityCommands: Readonly<Record<string, CeremonyCommand>> = {
  init: command(
    `init --dir DIR [--issuers A,B] [--root-keys 3] [--threshold 2] [--until DAY]
      founds an authority: root 1, every first key, authority.json`,
    { issuers: names, 'root-keys': text, threshold: text, until: text },
    async (values, given) => {
      const rootKeys = readCount('--root-keys', values['root-keys'] ?? '3', 1, 9);
      const threshold = readCount('--threshold', values.threshold ?? '2', 1, rootKeys);
      const until = readTime('--until', values.until, given.now + twoYears);
      if (until <= given.now) throw usageError('--until is in the past');
      const issuers = readNames(values.issuers).map((id) => firstIssuer(id, given.now, until));
      return init({ ...given, rootKeys, threshold, until, issuers });
    },
  ),
  show: command(
    `show --dir DIR
      what is in force, until when, and what is to be done`,
    {},
    async (_, given) => show(await openDesk(given)),
  ),
  publish: command(
    `publish --dir DIR [--hours 72] [--version N]
      signs the bundle, naming the newest lists, and puts all in public/`,
    { hours: text, version: text },
    async (values, given) => {
      const hours = readCount('--hours', values.hours ?? '72', 1, 72);
      const version =
        values.version === undefined
          ? {}
          : { version: readCount('--version', values.version, 1, 2 ** 40) };
      const desk = await openDesk(given);
      refuseWrongClock(desk, given.isDated);
      const change = await publish(desk, { hours, ...version });
      await commit(desk, change, given.dryRun);
      return saidOf(change);
    },
  ),
  'rotate-root': changing(
    `rotate-root --dir DIR [--replace root-2,root-3] [--threshold N] [--until DAY]
      root N+1, signed by the thresholds of root N and of itself`,
    replaceOptions,
    (values, { now }) => {
      const rotation = readRotation(values, now);
      return (desk) => rotateRoot(desk, rotation);
    },
  ),
  'rotate-bundle-key': changing(
    `rotate-bundle-key --dir DIR [--replace bundle-1] [--threshold N] [--until DAY] [--hours 72]
      root N+1 with new bundle keys, and the bundle signed anew by them`,
    { ...replaceOptions, hours: text },
    (values, { now }) => {
      const rotation = readRotation(values, now);
      const hours = readCount('--hours', values.hours ?? '72', 1, 72);
      return (desk) => rotateBundleKey(desk, rotation, hours);
    },
  ),
  'add-hub-keys': changing(
    `add-hub-keys --dir DIR
      a further pair for the hub, private/hub-N.json; publish, then start the hub with it`,
    {},
    () => addHubKeys,
  ),
  'set-region': changing(
    `set-region --dir DIR --region CN-12 --near CN-TJ,CN-HE
      a bundle of its own for a region: its phones hold the lists of these issuers, and take live
      codes alone of all others; publish, then start its hub with --region`,
    { region: text, near: names },
    (values) => {
      const region = readCode('--region', values.region);
      const near = readNames(values.near).map(readIssuer);
      if (near.length === 0) throw usageError('--near ISSUER,… is needed');
      return (desk) => setRegion(desk, region, near);
    },
  ),
  'remove-region': changing(
    `remove-region --dir DIR --region CN-12
      no further bundle for that region`,
    { region: text },
    (values) => {
      const region = readCode('--region', values.region);
      return (desk) => removeRegion(desk, region);
    },
  ),
  'retire-hub-keys': changing(
    `retire-hub-keys --dir DIR
      the hub's oldest pair counts no more with the next bundle; publish`,
    {},
    () => retireHubKeys,
  ),
};

interface RotationOptions {
  readonly replace?: readonly string[] | undefined;
  readonly threshold?: string | undefined;
  readonly until?: string | undefined;
}

function readRotation({ replace, threshold, until }: RotationOptions, now: number) {
  const end = readTime('--until', until, now + twoYears);
  if (end <= now) throw usageError('--until is in the past');
  return {
    replace: readNames(replace),
    until: end,
    ...(threshold !== undefined && { threshold: readCount('--threshold', threshold, 1, 9) }),
  };
}

/** An issuer made along with the authority: name and scheme of the system it stands for, where its code is known. */
function firstIssuer(given: string, nbf: number, exp: number): NewIssuer {
  const id = readIssuer(given);
  const scheme = id === 'CN' ? 'national' : id === 'CN-TJ' ? 'tianjin' : 'hebei';
  const known = schemes[scheme];
  const name = known.issuer === id ? known.name : { 'zh-CN': id, 'zh-TW': id, en: id };
  return { id, name, scheme, bits: 2, size: 1_048_576, nbf, exp, noKeys: false };
}
