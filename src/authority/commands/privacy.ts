import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { usageError } from '../../node/command-error.ts';
import { dropKeys, makeSecrets, rotateSecrets } from '../start/secrets-file.ts';
import { reEncrypt, rowsByKey } from '../store/re-encrypt.ts';
import { command, withData } from './command.ts';

/** Makes the keys of the columns, or a further one. */
export const secrets = command(
  `secrets [--rotate]
          makes the secrets file: the keys of the encrypted columns and the pepper. --rotate adds
          a key, which encrypts from then on; see re-encrypt`,
  { rotate: { type: 'boolean' } },
  [],
  (values) => async (desk, place) => {
    if (desk.env['KAKOU_SECRETS']) throw usageError('KAKOU_SECRETS is set: there is no file');
    mkdirSync(dirname(place.secrets), { recursive: true, mode: 0o700 });
    const made = values.rotate
      ? rotateSecrets(place.secrets, desk.random)
      : makeSecrets(place.secrets, desk.random);
    const ids = made.keys.map(({ id }) => id);
    return {
      say: [
        `${place.secrets}: keys ${ids.join(', ')}`,
        'keep a copy apart from the database: without it nobody is found and no name is read',
        ...(values.rotate ? ['start the service with it, then re-encrypt'] : []),
      ],
      facts: { keys: ids },
    };
  },
);

/** Writes what older keys encrypted by the newest one. */
export const reEncryptCommand = command(
  `re-encrypt [--drop]
          writes what older keys encrypted by the newest one; it can be stopped and goes on where
          it was. --drop then leaves keys out of the secrets file that nothing needs`,
  { drop: { type: 'boolean' } },
  [],
  (values) => (desk, place) =>
    withData(desk, place, async (sql, cipher) => {
      const rows = await reEncrypt(sql, cipher());
      const left = await rowsByKey(sql);
      const isFile = !desk.env['KAKOU_SECRETS'];
      const dropped =
        values.drop && isFile ? dropKeys(place.secrets, Object.keys(left).map(Number)) : 0;
      return {
        say: [`${rows} rows encrypted anew`, ...(dropped > 0 ? [`${dropped} keys left out`] : [])],
        facts: { rows, dropped, left },
      };
    }),
);
