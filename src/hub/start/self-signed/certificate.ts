import { createHash, type KeyObject, randomBytes, sign } from 'node:crypto';
import { ipBytes, type Names } from './addresses.ts';
import { bits, der, octets, oid, sequence, time } from './der.ts';

export interface CertificateContent {
  /** Common names. */
  readonly subject: string;
  readonly issuer: string;
  readonly publicKey: KeyObject;
  /** The issuer's, P-256. */
  readonly privateKey: KeyObject;
  /** Milliseconds since 1970. */
  readonly from: number;
  readonly until: number;
  readonly extensions: readonly Buffer[];
}

/** An X.509 certificate (RFC 5280) in DER, signed with ECDSA and SHA-256. */
export function makeCertificate(content: CertificateContent): Buffer {
  const { subject, issuer, publicKey, privateKey, from, until, extensions } = content;
  const algorithm = sequence(oid('2a8648ce3d040302'));
  const serial = randomBytes(16);
  serial[0] = ((serial[0] ?? 0) & 0x3f) | 0x40; // positive, and its first byte is needed
  const body = sequence(
    der(0xa0, der(2, Buffer.from([2]))),
    der(2, serial),
    algorithm,
    commonName(issuer),
    sequence(time(from), time(until)),
    commonName(subject),
    spki(publicKey),
    der(0xa3, sequence(...extensions)),
  );
  return sequence(body, algorithm, bits(sign('sha256', body, privateKey)));
}

const commonName = (name: string): Buffer =>
  sequence(der(0x31, sequence(oid('550403'), der(0x0c, Buffer.from(name)))));
const spki = (key: KeyObject): Buffer => key.export({ type: 'spki', format: 'der' });
const keyId = (key: KeyObject): Buffer =>
  createHash('sha256').update(spki(key)).digest().subarray(0, 20);

/** The third byte of an extension's identifier under `2.5.29`. */
function extension(id: string, content: Buffer, isCritical = false): Buffer {
  const critical = isCritical ? [der(1, Buffer.from([0xff]))] : [];
  return sequence(oid(`551d${id}`), ...critical, octets(content));
}

const dnsName = (name: string): Buffer => der(0x82, Buffer.from(name, 'latin1'));

export const altName = ({ dns, ip }: Names): Buffer =>
  extension('11', sequence(...dns.map(dnsName), ...ip.map((one) => der(0x87, ipBytes(one)))));

/**
 * Of an authority that makes server certificates only, for `dns` and for addresses written as numbers:
 * a thief of its key can play no site that has another name.
 */
export function authorityExtensions(key: KeyObject, dns: readonly string[]): Buffer[] {
  const anyAddress = [8, 32].map((length) => der(0x87, Buffer.alloc(length)));
  const permitted = [...dns.map(dnsName), ...anyAddress].map((name) => sequence(name));
  return [
    extension('13', sequence(der(1, Buffer.from([0xff])), der(2, Buffer.from([0]))), true),
    extension('0f', bits(Buffer.from([0x06]), 1), true), // keyCertSign, cRLSign
    extension('1e', sequence(der(0xa0, ...permitted)), true),
    extension('0e', octets(keyId(key))),
  ];
}

/** Of a server, and of nothing else. */
export function serverExtensions(key: KeyObject, issuerKey: KeyObject, names: Names): Buffer[] {
  return [
    extension('13', sequence(), true),
    extension('0f', bits(Buffer.from([0x80]), 7), true), // digitalSignature
    extension('25', sequence(oid('2b06010505070301'))), // serverAuth
    altName(names),
    extension('0e', octets(keyId(key))),
    extension('23', sequence(der(0x80, keyId(issuerKey)))),
  ];
}

/** As PEM (RFC 7468). */
export const pem = (bytes: Buffer): string =>
  `-----BEGIN CERTIFICATE-----\n${bytes.toString('base64').replace(/.{64}(?=.)/g, '$&\n')}\n-----END CERTIFICATE-----\n`;
