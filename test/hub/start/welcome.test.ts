import { describe, expect, it } from 'vitest';
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
