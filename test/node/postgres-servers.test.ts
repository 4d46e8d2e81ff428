import { describe, expect, it } from 'vitest';
import { serversOf } from '../../src/node/postgres-servers.ts';

describe('a DATABASE_URL', () => {
  it.each([
    ['postgres://u@a/db', ['postgres://u@a/db']],
    ['postgres://u@a:5432,b:5433/db', ['postgres://u@a:5432/db', 'postgres://u@b:5433/db']],
    [
      'postgresql://u:p%40w@a,b,[2001:db8::1]:5432/db?sslmode=require',
      ['a', 'b', '[2001:db8::1]:5432'].map(
        (host) => `postgresql://u:p%40w@${host}/db?sslmode=require`,
      ),
    ],
    [
      'postgres://a,b/db?target_session_attrs=read-write&sslmode=disable',
      ['postgres://a/db?sslmode=disable', 'postgres://b/db?sslmode=disable'],
    ],
    ['postgres://a,b/db?target_session_attrs=primary', ['postgres://a/db', 'postgres://b/db']],
    ['postgres:///db?host=/var/run/postgresql', ['postgres:///db?host=/var/run/postgresql']],
  ])('%s names its servers', (url, servers) => expect(serversOf(url)).toEqual(servers));

  it.each([
    'postgres://u:hunter2@a,b/db?target_session_attrs=prefer-standby',
    'postgres://u:hunter2@a:many/db',
  ])('is refused when the hub could not write there, without a word of it: %s', (url) => {
    expect(() => serversOf(url)).toThrow(
      expect.objectContaining({ exitCode: 64, message: expect.not.stringContaining('hunter2') }),
    );
  });
});
