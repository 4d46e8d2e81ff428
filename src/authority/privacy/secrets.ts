import * as v from 'valibot';
import { fromBase64url, toBase64url } from '../../core/base64url.ts';
import type { Bytes } from '../../core/units.ts';
import { CommandError } from '../../node/command-error.ts';

const key = v.pipe(
  v.string(),
  v.transform((text) => fromBase64url(text)),
  v.custom<Bytes>((bytes) => bytes instanceof Uint8Array && bytes.length === 32),
);

const secretsFile = v.strictObject({
  format: v.literal('kakou-secrets-1'),
  /** Of the HMAC that finds a person by type and number. It can never change. */
  pepper: key,
  /** Of the columns; the last one encrypts, all of them decrypt. */
  keys: v.pipe(
    v.array(
      v.strictObject({
        id: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65_535)),
        key,
      }),
    ),
    v.minLength(1),
    v.check((keys) => new Set(keys.map(({ id }) => id)).size === keys.length),
  ),
});

/** What the authority keeps apart from its database: without it the database shows nobody. */
export type Secrets = v.InferOutput<typeof secretsFile>;

/** Reads secrets from a file or the environment; what is wrong with them says nothing of them. */
export function parseSecrets(text: string, where: string): Secrets {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), secretsFile), text);
  if (parsed.success) return parsed.output;
  throw new CommandError(
    `${where} holds no secrets of an authority (npm run authority -- secrets)`,
  );
}

export const newSecrets = (random: (length: number) => Bytes): Secrets => ({
  format: 'kakou-secrets-1',
  pepper: random(32),
  keys: [{ id: 1, key: random(32) }],
});

/** With one more key, which encrypts from now on. */
export function rotated(secrets: Secrets, random: (length: number) => Bytes): Secrets {
  const id = Math.max(...secrets.keys.map((one) => one.id)) + 1;
  return { ...secrets, keys: [...secrets.keys, { id, key: random(32) }] };
}

/** As `parseSecrets` reads it. */
export const secretsText = ({ format, pepper, keys }: Secrets): string => {
  const written = keys.map((one) => ({ id: one.id, key: toBase64url(one.key) }));
  return `${JSON.stringify({ format, pepper: toBase64url(pepper), keys: written }, null, 2)}\n`;
};
