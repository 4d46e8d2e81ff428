import { describe, expect, it } from 'vitest';
import { readOptions } from '../../../src/hub/start/options.ts';

const read = (args: string[], env = {}) => readOptions(args, env);

describe('the options of the hub', () => {
  it('listens to this machine only, unless told otherwise', () => {
    const defaults = {
      ...{ port: 4600, host: '127.0.0.1', data: 'data', app: true },
      ...{ trustProxy: false, demo: false, clockIsRight: false },
    };
    expect(read([])).toEqual(defaults);
    expect(read(['--lan'])).toEqual({ ...defaults, host: '0.0.0.0' });
    expect(read(['--lan', '--self-signed'])).toEqual({
      ...{ ...defaults, host: '0.0.0.0', selfSigned: true },
    });
    expect(read(['--host', '192.0.2.1', '--port', '80', '--data', '/srv/k', '--no-app'])).toEqual({
      ...defaults,
      host: '192.0.2.1',
      port: 80,
      data: '/srv/k',
      app: false,
    });
  });

  it('a demo comes with its issuing side, unless it is told not to or serves no pages', () => {
    expect(read(['--demo'])).toMatchObject({ wholeDemo: true });
    for (const args of [[], ['--demo', '--no-issuing'], ['--demo', '--no-app']])
      expect(read(args)).not.toHaveProperty('wholeDemo');
  });

  it('takes a PostgreSQL server from the environment', () => {
    const databaseUrl = 'postgres://hub@db/kakou';
    expect(read([], { DATABASE_URL: databaseUrl })).toMatchObject({ databaseUrl });
    expect(read([], { DATABASE_URL: '' })).not.toHaveProperty('databaseUrl');
  });

  it('serves a real authority when told where it is and with which keys', () => {
    const authority = { trust: '/srv/public', hubKeys: '/etc/hub.json' };
    const args = ['--trust', authority.trust, '--hub-keys', authority.hubKeys];
    expect(read(args)).toMatchObject({ authority });
    expect(read([])).not.toHaveProperty('authority');
  });

  it('says whom to call when told so, in words that can be seen', () => {
    expect(read(['--help-line', '街道 12345'])).toMatchObject({ helpLine: '街道 12345' });
    expect(read([])).not.toHaveProperty('helpLine');
  });

  it.each([
    [['--help-line', '']],
    [['--help-line', 'a\u202eb']],
    [['--help-line', 'x'.repeat(121)]],
    [['--trust', '/srv/public']],
    [['--hub-keys', '/etc/hub.json']],
    [['--prot', '1']],
    [['--port', 'many']],
    [['--port', '65536']],
    [['--port', '-1']],
    [['--port']],
    [['--lan', '--host', 'x']],
    [['--self-signed', '--tls-cert', 'cert.pem', '--tls-key', 'key.pem']],
    [['--self-signed=yes']],
    [['--demo', '--trust', '/srv/public', '--hub-keys', '/etc/hub.json']],
    [['start']],
  ])('ends %j with one line and exit code 64', (args) => {
    expect(() => read(args)).toThrow(
      expect.objectContaining({ exitCode: 64, message: expect.stringMatching(/^[^\n]{10,120}$/) }),
    );
  });

  it('never repeats a database URL, which may hold a password', () => {
    const env = { DATABASE_URL: 'mysql://root:hunter2@db' };
    expect(() => read([], env)).toThrow(/^DATABASE_URL must begin with postgres:\/\/$/);
  });
});
