import { CommandError } from './command-error.ts';

/**
 * One URL for each server that a libpq URL names (`postgres://user@a:5432,b/db`), which the driver
 * does not read. The hub needs the one that can be written to, so of `target_session_attrs` it takes
 * `read-write` and `primary`; a `CommandError` for others. Says nothing of the URL: it may hold a password.
 */
export function serversOf(url: string): string[] {
  const [, scheme = '', login = '', hosts = '', rest = ''] =
    /^(postgres(?:ql)?:\/\/)((?:[^@/?]*@)?)([^/?]*)(.*)$/.exec(url) ?? [];
  const after = withoutTarget(rest);
  const servers = hosts.split(',').map((host) => `${scheme}${login}${host}${after}`);
  if (!servers.every((server) => URL.canParse(server))) {
    throw new CommandError('DATABASE_URL is no URL of one or more PostgreSQL servers', 64);
  }
  return servers;
}

function withoutTarget(rest: string): string {
  const [path = '', query] = rest.split('?', 2);
  if (query === undefined) return rest;
  const kept = query.split('&').filter((pair) => {
    const [name, value = ''] = pair.split('=', 2);
    if (name !== 'target_session_attrs') return true;
    if (value === 'read-write' || value === 'primary') return false;
    throw new CommandError('target_session_attrs in DATABASE_URL can only be read-write', 64);
  });
  return kept.length === 0 ? path : `${path}?${kept.join('&')}`;
}
