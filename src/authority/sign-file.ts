import { GeneralSign } from 'jose';
import { utf8 } from '../core/bytes.ts';
import type { Signer } from '../core/signer.ts';
import type { SignedFileTyp } from '../core/trust/signed-file.ts';
import type { Bytes } from '../core/units.ts';

/**
 * Signs a trust file: JWS general JSON (RFC 7515 section 7.2.1) in canonical spelling, one signature
 * per signer, each protected header exactly `{alg, kid, typ}`. Read back by `openSignedFile` of core.
 */
export async function signFile(
  typ: SignedFileTyp,
  payload: object,
  signers: readonly Signer[],
): Promise<Bytes> {
  const jws = new GeneralSign(utf8(JSON.stringify(payload)));
  for (const { kid, key } of signers) {
    jws.addSignature(key).setProtectedHeader({ alg: 'ES256', kid, typ });
  }
  const signed = await jws.sign();
  const signatures = signed.signatures.map(({ protected: header, signature }) => ({
    protected: header,
    signature,
  }));
  return utf8(JSON.stringify({ payload: signed.payload, signatures }));
}
