import { X509Certificate } from 'node:crypto';
import { lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { epochMillis } from '../../../src/core/units.ts';
import { ipBytes, namesFor } from '../../../src/hub/start/self-signed/addresses.ts';
import { der, time } from '../../../src/hub/start/self-signed/der.ts';
import { keepCertificate } from '../../../src/hub/start/self-signed/keep-certificate.ts';
import { readTls } from '../../../src/node/http/tls.ts';

const day = 24 * 3_600_000;
const start = Date.UTC(2027, 0, 15);
const own = ['127.0.0.1', '::1'];
const names = (ip: readonly string[], needed = ip, dns = ['localhost']) => ({
  all: { dns, ip: [...own, ...ip] },
  needed: { dns, ip: [...own, ...needed] },
});
const home = names(['192.168.1.5', 'fd00::5'], ['192.168.1.5']);

let data: string;
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'kakou-tls-'));
});
afterEach(() => rmSync(data, { recursive: true }));

const keep = (wanted = home, at = start) => keepCertificate(data, wanted, epochMillis(at));
const server = () => new X509Certificate(readFileSync(join(data, 'tls', 'cert.pem')));
const authority = () => new X509Certificate(readFileSync(join(data, 'tls', 'authority.pem')));

describe('the certificate a hub makes itself', () => {
  it('is about this machine and every address given, for servers alone, 397 days at most', () => {
    keep();
    const made = server();
    for (const ip of [...own, '192.168.1.5', 'fd00::5']) expect(made.checkIP(ip)).toBe(ip);
    expect(made.checkIP('192.168.1.6')).toBeUndefined();
    expect(made.checkHost('localhost')).toBe('localhost');
    expect(made.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1']); // serverAuth
    expect(made.ca).toBe(false);
    expect(made.publicKey.asymmetricKeyDetails).toEqual({ namedCurve: 'prime256v1' });
    const [from, until] = [made.validFrom, made.validTo].map(Date.parse);
    expect((until ?? 0) - (from ?? 0)).toBeLessThanOrEqual(397 * day);
    expect(from).toBeLessThan(start);
    expect(() =>
      readTls({ cert: join(data, 'tls', 'cert.pem'), key: join(data, 'tls', 'key.pem') }),
    ).not.toThrow();
  });

  it('is signed by an authority of this hub, which a phone can install and which speaks for no site', () => {
    const kept = keep();
    const made = authority();
    expect(made.ca).toBe(true);
    expect(server().verify(made.publicKey) && server().checkIssued(made)).toBe(true);
    expect(Buffer.from(kept.authority)).toEqual(made.raw);
    expect(kept).toMatchObject({
      fingerprint: server().fingerprint256,
      authorityFingerprint: made.fingerprint256,
    });
    // nameConstraints, critical; of names only localhost
    expect(made.raw.includes(Buffer.from('0603551d1e0101ff', 'hex'))).toBe(true);
    expect(
      made.raw.includes(Buffer.concat([Buffer.from([0x82, 9]), Buffer.from('localhost')])),
    ).toBe(true);
  });

  it('stays the same over starts, also when an address went or an IPv6 address came', () => {
    const { fingerprint } = keep();
    expect(keep(home, start + 300 * day).fingerprint).toBe(fingerprint);
    expect(keep(names([])).fingerprint).toBe(fingerprint);
    expect(keep(names(['192.168.1.5', 'fd00::6'], ['192.168.1.5'])).fingerprint).toBe(fingerprint);
  });

  it('is made anew for another address and before it ends, by the same authority', () => {
    const first = keep();
    const moved = keep(names(['10.0.0.9']));
    expect(moved.fingerprint).not.toBe(first.fingerprint);
    expect(server().checkIP('10.0.0.9')).toBe('10.0.0.9');
    const renewed = keep(names(['10.0.0.9']), start + 370 * day);
    expect(renewed.fingerprint).not.toBe(moved.fingerprint);
    expect([moved, renewed].map((one) => one.authorityFingerprint)).toEqual([
      first.authorityFingerprint,
      first.authorityFingerprint,
    ]);
  });

  it('has another authority for another name, at its end, and where the clock was ahead', () => {
    const first = keep();
    const named = keep(names([], [], ['localhost', 'hub.example']));
    expect(named.authorityFingerprint).not.toBe(first.authorityFingerprint);
    expect(server().checkHost('hub.example')).toBe('hub.example');
    const late = keep(home, start + 3400 * day);
    expect(late.authorityFingerprint).not.toBe(named.authorityFingerprint);
    expect(keep().authorityFingerprint).not.toBe(late.authorityFingerprint);
  });

  it.each(['cert.pem', 'key.pem', 'authority.pem', 'authority-key.pem'])(
    'is made anew where %s is damaged',
    (file) => {
      const { fingerprint } = keep();
      writeFileSync(join(data, 'tls', file), 'x');
      const mended = keep();
      expect(mended.fingerprint).not.toBe(fingerprint);
      expect(server().verify(authority().publicKey)).toBe(true);
      expect(keep().fingerprint).toBe(mended.fingerprint);
    },
  );

  it('is nobody’s to read but the hub’s', () => {
    keep();
    for (const name of ['.', ...readdirSync(join(data, 'tls'))])
      expect(lstatSync(join(data, 'tls', name)).mode & 0o077).toBe(0);
  });

  it('says in one line where it cannot be kept', () => {
    writeFileSync(join(data, 'tls'), '');
    expect(() => keep()).toThrow(/^cannot keep a certificate in [^\n]+ \(EEXIST\)$/);
  });
});

describe('the names in it', () => {
  it.each([
    ['0.0.0.0', 'localhost', '127.0.0.1'],
    ['192.0.2.7', 'localhost', '192.0.2.7'],
    ['2001:db8::7', 'localhost', '2001:db8::7'],
    ['Hub.Example', 'hub.example', '::1'],
  ])('of a hub on %s hold %s and %s', (host, dns, ip) => {
    const { all, needed } = namesFor(host);
    for (const kind of [all, needed]) {
      expect(kind.dns).toContain(dns);
      expect(kind.ip).toContain(ip);
    }
    expect(
      all.ip.filter((address) => address.startsWith('fe80') || address === host + host),
    ).toEqual([]);
  });

  it.each([
    ['192.168.1.5', 'c0a80105'],
    ['::1', '00000000000000000000000000000001'],
    ['fd00::5', 'fd000000000000000000000000000005'],
    ['2001:db8:1:2:3:4:5:6', '20010db8000100020003000400050006'],
    ['::ffff:10.0.0.1', '00000000000000000000ffff0a000001'],
    ['fe80::', 'fe800000000000000000000000000000'],
  ])('%s is %s', (address, hex) => {
    expect(ipBytes(address).toString('hex')).toBe(hex);
  });
});

it('lengths are written in as few bytes as can be, times with four digits of the year from 2050 on', () => {
  const head = (length: number) => der(4, Buffer.alloc(length)).subarray(0, -length);
  expect([127, 128, 255, 256].map((length) => head(length).toString('hex'))).toEqual([
    ...['047f', '048180', '0481ff', '04820100'],
  ]);
  expect(time(Date.UTC(2049, 11, 31, 23, 59, 59)).toString('latin1')).toMatch(/491231235959Z$/);
  expect(time(Date.UTC(2050, 0, 1)).toString('latin1')).toBe('\u0018\u000f20500101000000Z');
});
