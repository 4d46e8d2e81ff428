import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testAuthority } from '../../support/authority/test-authority.ts';

let at: Awaited<ReturnType<typeof testAuthority>>;
const folder = mkdtempSync(join(tmpdir(), 'kakou-page-'));

beforeAll(async () => {
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>page</title>');
  writeFileSync(join(folder, 'assets', 'a-1.js'), 'export {};');
  at = await testAuthority({ pageDir: folder });
});
afterAll(async () => {
  await at?.close();
  rmSync(folder, { recursive: true });
});

const get = (path: string) => at.app.request(`https://code.example${path}`);

describe('the citizen’s page', () => {
  it('lies at /citizen/, with a policy of nothing but its own origin and nothing inline', async () => {
    const page = await get('/citizen/');
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('<title>page');
    const policy = page.headers.get('content-security-policy') ?? '';
    for (const rule of [
      ...[
        "default-src 'none'",
        "script-src 'self' 'wasm-unsafe-eval'",
        "style-src 'self'",
        "connect-src 'self'",
      ],
      ...["require-trusted-types-for 'script'", 'trusted-types kakou', "frame-ancestors 'none'"],
    ])
      expect(policy.split('; ')).toContain(rule);
    // WebAssembly alone, which reads posters: no text becomes script
    expect(policy.replace("'wasm-unsafe-eval'", '')).not.toMatch(/unsafe|https?:|\*|data:/);
    expect(page.headers.get('cache-control')).toBe('no-cache');
    expect((await get('/citizen')).headers.get('location')).toBe('/citizen/');
  });

  it('keeps files with a hash in their name for ever', async () => {
    const file = await get('/citizen/assets/a-1.js');
    expect(file.headers.get('cache-control')).toContain('immutable');
    expect(file.headers.get('content-type')).toContain('javascript');
  });

  it('changes nothing of what the service says of its answers', async () => {
    const me = await get('/authority/api/me');
    expect(me.headers.get('content-security-policy')).toBe(
      "default-src 'none'; frame-ancestors 'none'; base-uri 'none'",
    );
    expect((await get('/citizen/nothing')).status).toBe(404);
    expect((await get('/citizen/..%2f..%2fpackage.json')).status).toBe(404);
  });
});
