import * as v from 'valibot';
import { namedKey, publicHalf } from '../../authority/keys.ts';
import type { PublicJwk } from '../../core/jwk.ts';
import type { Bundle } from '../../core/trust/bundle.ts';
import { CommandError } from '../../node/command-error.ts';
import { type ReadFile, readOwn } from '../../node/read-files.ts';

const hubKeys = v.strictObject({ receipt: namedKey, time: namedKey });
/** The hub's own private keys, as the key ceremony writes them to `private/hub.json`. */
export type HubKeys = v.InferOutput<typeof hubKeys>;

export function readHubKeys(file: string, readFile: ReadFile = readOwn): HubKeys {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), hubKeys), readText(file, readFile));
  if (parsed.success) return parsed.output;
  throw new CommandError(`${file} holds no hub keys`);
}

/** Phones believe a receipt or a time only by the keys that the bundle names. */
export function areNamed(keys: HubKeys, { hub }: Bundle): boolean {
  const isIn = (list: readonly PublicJwk[], { x, y }: PublicJwk) =>
    list.some((key) => key.x === x && key.y === y);
  return (
    isIn(hub.receiptKeys, publicHalf(keys.receipt)) && isIn(hub.timeKeys, publicHalf(keys.time))
  );
}

function readText(file: string, readFile: ReadFile): string {
  try {
    return readFile(file).toString('utf8');
  } catch {
    throw new CommandError(`${file} cannot be read`);
  }
}
