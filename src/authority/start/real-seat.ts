import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import * as v from 'valibot';
import { CommandError } from '../../node/command-error.ts';
import { type NamedKey, namedKey, signerOf } from '../keys.ts';
import type { PublishNeeds } from '../publishing/publish-list.ts';
import { openSeat, type Seat } from '../publishing/seat.ts';
import type { RealSeat } from './options.ts';

const issuerFile = v.strictObject({ keys: v.array(namedKey) });

export interface OpenedSeat {
  readonly seat: Seat;
  readonly folder: string;
  readonly publishing?: Omit<PublishNeeds, 'sql'>;
}

/** The issuer's seat by files of the ceremony; a `CommandError` says what is wrong with them. */
export async function openRealSeat(given: RealSeat): Promise<OpenedSeat> {
  const folder = resolve(given.trust);
  const { keys } = readFile(given.keys, issuerFile);
  const seat = openSeat(folder, given.issuer, keys);
  const issuer = seat.issuer();
  if (!issuer) throw new CommandError(`${given.trust} holds no bundle that names ${given.issuer}`);
  if (issuer.state === 'retired') {
    throw new CommandError(
      `${given.issuer} is retired as of ${issuer.retiredOn}: it issues no codes any more`,
    );
  }
  const bundle: NamedKey[] = given.bundleKeys.map((file) => readFile(file, namedKey));
  if (bundle.length === 0) return { seat, folder };
  const bundleSigners = await Promise.all(bundle.map(signerOf));
  const hours = given.bundleHours;
  return {
    ...{ seat, folder },
    publishing: { seat, folder, bundleSigners, ...(hours !== undefined && { hours }) },
  };
}

function readFile<T>(file: string, shape: v.GenericSchema<unknown, T>): T {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new CommandError(`${file} cannot be read`);
  }
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), shape), text);
  if (parsed.success) return parsed.output;
  throw new CommandError(`${file} holds no keys of the ceremony`);
}
