import {
  createPrivateKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  X509Certificate,
} from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type EpochMillis, epochMillis } from '../../../core/units.ts';
import { CommandError } from '../../../node/command-error.ts';
import { codeOf } from '../../../node/database.ts';
import type { TlsFiles } from '../../../node/http/tls.ts';
import type { Names } from './addresses.ts';
import { authorityExtensions, makeCertificate, pem, serverExtensions } from './certificate.ts';

/** The hub's own certificate, and of whom a phone may install it as trusted. */
export interface OwnCertificate {
  readonly files: TlsFiles;
  /** The authority of this one hub, DER. */
  readonly authority: Uint8Array<ArrayBuffer>;
  /** SHA-256 in hex with colons, as browsers show it: of the server's, and of the authority's. */
  readonly fingerprint: string;
  readonly authorityFingerprint: string;
}

const dayMs = 24 * 3_600_000;
/** Apple takes no server certificate longer than 398 days; one day of it is for clocks that are behind. */
const serverDays = 395;
const authorityDays = 3650;
/** One that is nearer to its end is made anew at a start. */
const renewDays = 30;

/**
 * The certificate in `DATA/tls`, made where there is none. It stays the same as long as it is good for
 * `needed` and not near its end, and its authority longer still: a phone asks its guard to trust either
 * only once. Throws a `CommandError` where it cannot be kept.
 */
export function keepCertificate(
  data: string,
  { all, needed }: { readonly all: Names; readonly needed: Names },
  now: EpochMillis,
): OwnCertificate {
  const place = placeIn(data);
  try {
    mkdirSync(place.folder, { recursive: true, mode: 0o700 });
    const kept = readPair(place.authority, place.authorityKey);
    // an authority speaks for few names, so that a new one needs a new authority
    const isOurs = kept && isGood(kept.certificate, now, serverDays + 1);
    const server = isOurs ? readPair(place.cert, place.key) : undefined;
    const isNamed = needed.dns.every((name) => server?.certificate.checkHost(name));
    const authority = kept && isOurs && isNamed ? kept : makeAuthority(place, all.dns, now);
    const isCurrent =
      server?.certificate.verify(authority.certificate.publicKey) &&
      isGood(server.certificate, now, renewDays) &&
      needed.ip.every((address) => server.certificate.checkIP(address));
    const { certificate } = server && isCurrent ? server : makeServer(place, authority, all, now);
    return {
      files: { cert: place.cert, key: place.key },
      authority: Uint8Array.from(authority.certificate.raw),
      fingerprint: certificate.fingerprint256,
      authorityFingerprint: authority.certificate.fingerprint256,
    };
  } catch (error) {
    throw new CommandError(
      `cannot keep a certificate in ${place.folder} (${codeOf(error) ?? 'unknown'})`,
    );
  }
}

function placeIn(data: string) {
  const folder = join(data, 'tls');
  const [authority, authorityKey] = [
    join(folder, 'authority.pem'),
    join(folder, 'authority-key.pem'),
  ];
  return {
    folder,
    authority,
    authorityKey,
    cert: join(folder, 'cert.pem'),
    key: join(folder, 'key.pem'),
  };
}
type Place = ReturnType<typeof placeIn>;

interface Pair {
  readonly certificate: X509Certificate;
  readonly privateKey: KeyObject;
}

/** Undefined where a file is missing, damaged, or not the other one's. */
function readPair(cert: string, key: string): Pair | undefined {
  try {
    const certificate = new X509Certificate(readFileSync(cert));
    const privateKey = createPrivateKey(readFileSync(key));
    return certificate.checkPrivateKey(privateKey) ? { certificate, privateKey } : undefined;
  } catch {
    return undefined;
  }
}

const isGood = ({ validFrom, validTo }: X509Certificate, now: number, days: number): boolean =>
  Date.parse(validFrom) <= now && Date.parse(validTo) >= now + days * dayMs;

const newKey = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });

function makeAuthority(place: Place, dns: readonly string[], now: EpochMillis): Pair {
  const { publicKey, privateKey } = newKey();
  const name = `Kakou hub ${randomBytes(4).toString('hex')}`;
  const extensions = authorityExtensions(publicKey, dns);
  const cert = makeCertificate({
    ...{ subject: name, issuer: name, publicKey, privateKey, extensions },
    ...life(now, authorityDays),
  });
  writeKey(place.authorityKey, privateKey);
  write(place.authority, pem(cert));
  return { certificate: new X509Certificate(cert), privateKey };
}

function makeServer(place: Place, authority: Pair, names: Names, now: EpochMillis): Pair {
  const { publicKey, privateKey } = newKey();
  const extensions = serverExtensions(publicKey, authority.certificate.publicKey, names);
  const issuer = authority.certificate.subject.replace(/^CN=/, '');
  const cert = makeCertificate({
    ...{ subject: 'localhost', issuer, publicKey, privateKey: authority.privateKey, extensions },
    ...life(now, serverDays),
  });
  writeKey(place.key, privateKey);
  write(place.cert, pem(cert) + authority.certificate.toString());
  return { certificate: new X509Certificate(cert), privateKey };
}

const life = (now: EpochMillis, days: number) => ({
  from: epochMillis(now - dayMs),
  until: epochMillis(now + days * dayMs),
});

const writeKey = (file: string, key: KeyObject): void =>
  write(file, key.export({ type: 'pkcs8', format: 'pem' }).toString());

function write(file: string, text: string): void {
  const fresh = `${file}.new`;
  writeFileSync(fresh, text, { mode: 0o600 });
  renameSync(fresh, file);
}
