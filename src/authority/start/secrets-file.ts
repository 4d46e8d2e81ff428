import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { Bytes } from '../../core/units.ts';
import { CommandError, refusal } from '../../node/command-error.ts';
import {
  newSecrets,
  parseSecrets,
  rotated,
  type Secrets,
  secretsText,
} from '../privacy/secrets.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** From the environment, else from the file: what the database does not hold. */
export function readSecrets(file: string, env: Environment): Secrets {
  const given = env['KAKOU_SECRETS'];
  if (given) return parseSecrets(given, 'KAKOU_SECRETS');
  if (!existsSync(file)) {
    throw new CommandError(
      `${file} is not there: npm run authority -- secrets makes it. Keep it apart from the database`,
    );
  }
  return parseSecrets(readFileSync(file, 'utf8'), file);
}

/** Makes the file; one that is there is never replaced, for what its keys encrypted would be lost. */
export function makeSecrets(file: string, random: (length: number) => Bytes): Secrets {
  if (existsSync(file)) throw refusal(`${file} exists; nothing was written`);
  const secrets = newSecrets(random);
  writeFileSync(file, secretsText(secrets), { mode: 0o600, flag: 'wx' });
  return secrets;
}

/** Adds a key that encrypts from now on; the others stay for what they encrypted. */
export function rotateSecrets(file: string, random: (length: number) => Bytes): Secrets {
  const next = rotated(readSecrets(file, {}), random);
  writeAside(file, next);
  return next;
}

/** Leaves out keys by which nothing is encrypted any more. */
export function dropKeys(file: string, used: readonly number[]): number {
  const secrets = readSecrets(file, {});
  const newest = secrets.keys.at(-1)?.id;
  const keys = secrets.keys.filter(({ id }) => id === newest || used.includes(id));
  writeAside(file, { ...secrets, keys });
  return secrets.keys.length - keys.length;
}

function writeAside(file: string, secrets: Secrets): void {
  const aside = `${file}.new`;
  writeFileSync(aside, secretsText(secrets), { mode: 0o600 });
  renameSync(aside, file);
}
