import { describe, expect, it } from 'vitest';
import { qrLines } from '../../../src/core/qr/qr-matrix.ts';
import { welcome } from '../../../src/hub/start/welcome.ts';

const hub = {
  ...{ port: 4600, data: 'data', app: true, trustProxy: false, clockIsRight: false },
  demo: false,
  database: 'pglite',
} as const;

describe('the address that is printed', () => {
  it.each([
    ['127.0.0.1', 'http://localhost:4600/'],
    ['::1', 'http://localhost:4600/'],
    ['0.0.0.0', 'http://localhost:4600/'],
    ['::', 'http://localhost:4600/'],
    ['192.0.2.7', 'http://192.0.2.7:4600/'],
    ['2001:db8::7', 'http://[2001:db8::7]:4600/'],
    ['hub.example', 'http://hub.example:4600/'],
  ])('for --host %s can be opened: %s', (host, url) => {
    expect(welcome({ ...hub, host })).toContain(` ${url}\n`);
    expect(URL.canParse(url)).toBe(true);
  });
});

describe('what is said of a phone', () => {
  const tls = { cert: 'c', key: 'k' };
  const own = {
    fingerprint: `${'AB:'.repeat(31)}AB`,
    authorityFingerprint: `${'CD:'.repeat(31)}CD`,
  };
  const https = { ...hub, host: '0.0.0.0', selfSigned: true, tls, own } as const;

  it('without https: that there is no camera, and the option for it', () => {
    const said = welcome({ ...hub, host: '0.0.0.0' }, ['192.168.1.5']);
    expect(said.split('\n').at(-1)).toBe(
      '  in the network http://192.168.1.5:4600/ (no camera: add --self-signed)',
    );
    expect(said).toContain('--lan --self-signed');
  });

  it('with a certificate of the hub: both fingerprints whole, and the address last, below its QR', () => {
    const said = welcome({ ...https, isTty: true }, ['192.168.1.5', '10.0.0.2']);
    const lines = said.split('\n');
    expect(lines.at(-1)).toBe('  on a phone     https://192.168.1.5:4600/');
    expect(said).toContain('https://10.0.0.2:4600/');
    expect(said).toContain('https://192.168.1.5:4600/kakou.crt');
    for (const { length } of lines) expect(length).toBeLessThanOrEqual(100);
    const hex = said.replace(/\s/g, '');
    expect(hex).toContain(own.fingerprint);
    expect(hex).toContain(own.authorityFingerprint);
    expect(said).toContain(qrLines('https://192.168.1.5:4600/'));
  });

  it('no QR where nobody looks, no address of the network where nobody reaches it', () => {
    expect(welcome(https, ['192.168.1.5'])).not.toMatch(/[▀▄█]/);
    const alone = welcome({ ...https, host: '127.0.0.1', isTty: true }, ['192.168.1.5']);
    expect(alone).toContain('start with --lan');
    expect(alone).not.toMatch(/192|[▀▄█]/);
    expect(welcome({ ...https, host: '192.0.2.7' }, ['192.168.1.5'])).toContain(
      'on a phone     https://192.0.2.7:4600/',
    );
  });
});

describe('the whole demo', () => {
  const demo = { ...hub, demo: true, wholeDemo: true, host: '127.0.0.1' } as const;

  it('is told by the addresses of all four, and by what to try with them', () => {
    const said = welcome(demo);
    for (const path of ['', 'console/', 'citizen/', 'authority/', 'demo/id/', 'demo/'])
      expect(said).toContain(` http://localhost:4600/${path}`);
    expect(said).toContain('in two minutes');
    for (const { length } of said.split('\n')) expect(length).toBeLessThanOrEqual(105);
  });

  it('without its issuing side tells of none', () => {
    expect(welcome({ ...hub, demo: true, host: '127.0.0.1' })).not.toContain('authority/');
  });
});
