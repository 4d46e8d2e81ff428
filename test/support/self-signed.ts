import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import type { TlsPair } from '../../src/hub/start/tls.ts';

/** ASN.1 DER (X.690): a tag, a length of at most two bytes, the content. */
function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size = length < 128 ? [length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}
const sequence = (...parts: readonly Uint8Array[]) => der(0x30, ...parts);
const oid = (hex: string) => der(6, Buffer.from(hex, 'hex'));
const time = (text: string) => der(0x17, Buffer.from(text));

/** A fresh P-256 certificate for `localhost`, 2020 to 2049, signed by itself (RFC 5280). */
export function selfSigned(): TlsPair & { readonly fingerprint: string } {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const ecdsaWithSha256 = sequence(oid('2a8648ce3d040302'));
  const own = randomBytes(8).toString('hex');
  const name = sequence(der(0x31, sequence(oid('550403'), der(0x0c, Buffer.from(own)))));
  const altName = sequence(der(0x82, Buffer.from('localhost')));
  const body = sequence(
    der(0xa0, der(2, Buffer.from([2]))),
    der(2, Buffer.from([1]), randomBytes(8)),
    ecdsaWithSha256,
    name,
    sequence(time('200101000000Z'), time('491231235959Z')),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(sequence(oid('551d11'), der(4, altName)))),
  );
  const signature = der(3, Buffer.from([0]), sign('sha256', body, privateKey));
  const bytes = sequence(body, ecdsaWithSha256, signature);
  return {
    cert: Buffer.from(
      `-----BEGIN CERTIFICATE-----\n${bytes.toString('base64')}\n-----END CERTIFICATE-----\n`,
    ),
    key: Buffer.from(privateKey.export({ type: 'pkcs8', format: 'pem' })),
    fingerprint: createHash('sha256').update(bytes).digest('hex'),
  };
}
