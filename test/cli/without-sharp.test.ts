import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** Node as on a machine that has no binary of sharp. */
const hooks = `export const resolve = (name, context, next) => {
  if (name === 'sharp') throw new Error('not installed');
  return next(name, context);
};`;
const register = `import { register } from 'node:module'; register(${JSON.stringify(`data:text/javascript,${encodeURIComponent(hooks)}`)});`;
const missing = `data:text/javascript,${encodeURIComponent(register)}`;

function run(program: string, ...args: string[]) {
  const node = ['--import', 'tsx', '--import', missing, `src/${program}.ts`, ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, node, { encoding: 'utf8' });
  return { status, stdout, stderr };
}

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kakou-sharp-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('where the optional package sharp is not installed', () => {
  it('a code is issued as a picture and as text, and the text is verified', () => {
    const picture = join(folder, 'pass.png');
    expect(run('cli/issue', '--png', picture)).toEqual({ status: 0, stdout: '', stderr: '' });
    const { stdout } = run('cli/issue', '--text');
    expect(run('cli/verify', stdout.trim()).status).toBe(0);
    const refused = run('cli/verify', picture, '--json');
    expect(refused.status).toBe(69);
    expect(refused.stderr).toMatch(/^verify: reading a picture needs the package sharp[^\n]+\n$/);
    expect(JSON.parse(refused.stdout)).toEqual({ error: 'sharp-missing' });
  });

  it('the hub and the key ceremony start', () => {
    expect(run('hub/main', '--help').status).toBe(0);
    expect(run('authority/ceremony/main', '--help').status).toBe(0);
  });
});
