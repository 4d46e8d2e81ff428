import { CompactSign } from 'jose';
import { toBase64url } from '../../core/base64url.ts';
import { utf8 } from '../../core/bytes.ts';
import { pinResetLifeS, pinResetTyp } from '../../core/enrol/pin-reset.ts';
import { pinResetScheme } from '../../core/enrol/pin-reset-code.ts';
import { qrLines } from '../../core/qr/qr-matrix.ts';
import { epochSeconds, toMillis, toSeconds } from '../../core/units.ts';
import { refusal, usageError } from '../../node/command-error.ts';
import { receiptSigner, signOptions } from '../start/proof-keys.ts';
import { findDevice } from '../store/devices.ts';
import { noteAct } from './act.ts';
import { command, minute } from './command.ts';

/** The supervisor of a phone has forgotten its PIN: a code by which a new one can be set, once. */
export const pinReset = command(
  `pin-reset DEVICE --hub-keys FILE
          one-use code, as text and as a QR, by which a new supervisor's PIN can be set on this
          phone (Settings, Supervisor, outside of a shift); good for an hour. Signed with the
          hub's receipt key. DEVICE: as \`devices\` names it`,
  signOptions,
  ['DEVICE'],
  (values, [device = ''], readFile) => {
    const signerOf = receiptSigner(values, readFile);
    if (!signerOf)
      throw usageError('--hub-keys is needed: the phone takes what the hub has signed');
    return async ({ sql, now, random }) => {
      const signer = await signerOf();
      const found = await findDevice(sql, device);
      if (!found) throw refusal('no such device');
      if (found.revokedAt !== undefined) throw refusal('this device is revoked');
      const iat = toSeconds(now);
      const exp = epochSeconds(iat + pinResetLifeS);
      const claims = { device, jti: toBase64url(random(12)), iat, exp };
      const token = await new CompactSign(utf8(JSON.stringify(claims)))
        .setProtectedHeader({ alg: 'ES256', kid: signer.kid, typ: pinResetTyp })
        .sign(signer.key);
      const code = `${pinResetScheme}${token}`;
      const { gate } = found;
      await sql.transaction((tx) =>
        noteAct(tx, { now }, 'pin-reset-made', { device, gate: gate.id }),
      );
      return {
        say: [
          qrLines(code),
          code,
          `for ${gate.id}  ${gate.name}`,
          `until ${minute(toMillis(exp))}`,
        ],
        facts: { code, device, gate: gate.id, expiresAt: toMillis(exp) },
      };
    };
  },
);
