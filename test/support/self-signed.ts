import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto';
import { altName, makeCertificate, pem } from '../../src/hub/start/self-signed/certificate.ts';
import type { TlsPair } from '../../src/node/http/tls.ts';

/** A fresh P-256 certificate for `localhost`, 2020 to 2049, signed by itself (RFC 5280). */
export function selfSigned(): TlsPair & { readonly fingerprint: string } {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const name = randomBytes(8).toString('hex');
  const bytes = makeCertificate({
    ...{ subject: name, issuer: name, publicKey, privateKey },
    from: Date.UTC(2020, 0, 1),
    until: Date.UTC(2049, 11, 31),
    extensions: [altName({ dns: ['localhost'], ip: [] })],
  });
  return {
    cert: Buffer.from(pem(bytes)),
    key: Buffer.from(privateKey.export({ type: 'pkcs8', format: 'pem' })),
    fingerprint: createHash('sha256').update(bytes).digest('hex'),
  };
}
