import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort } from '../support/free-port.ts';
import { inTime, until } from '../support/in-time.ts';
import { type Actions, clicked, escaped, typed } from './actions.ts';
import { called, type Engine, language, type Start, size, type Tab } from './engine.ts';
import { type WebDriver, webDriver } from './web-driver.ts';

/** Debian's webkit2gtk-driver, gjs, gir1.2-webkit2-4.1 and xvfb. */
const needed = ['/usr/bin/WebKitWebDriver', '/usr/bin/gjs', '/usr/bin/Xvfb'];
export const webkitIsHere: boolean = needed.every((path) => existsSync(path));

const browser = join(import.meta.dirname, 'webkit-browser.js');

/** Its own browser, started by WebKitWebDriver on a screen that nobody sees. */
export async function startWebkit({ profile, scripts }: Start): Promise<Engine> {
  await mkdir(profile, { recursive: true });
  const files: string[] = [];
  for (const [at, script] of scripts.entries()) {
    const path = join(profile, `script-${at}.js`);
    await writeFile(path, script);
    files.push(path);
  }
  const screen = await startScreen();
  const port = await freePort();
  const driver = spawn('WebKitWebDriver', [`--port=${port}`], {
    stdio: 'ignore',
    env: { ...process.env, DISPLAY: screen.display, LIBGL_ALWAYS_SOFTWARE: '1' },
  });
  const service = webDriver(`http://127.0.0.1:${port}`);
  await until('WebKitWebDriver to start', 20_000, () =>
    service.get('/status').then(
      () => true,
      () => false,
    ),
  );
  const args = [browser, profile, String(size.width), String(size.height), language, ...files];
  const options = { binary: '/usr/bin/gjs', args };
  const { sessionId } = await service.post<{ sessionId: string }>('/session', {
    capabilities: { alwaysMatch: { 'webkitgtk:browserOptions': options } },
  });
  const session = webDriver(`http://127.0.0.1:${port}/session/${sessionId}`);
  const first = await session.get<string>('/window');
  const taken = new Set<string>();
  const end = async () => {
    await ended(driver);
    await ended(screen.process);
  };
  return {
    async newTab() {
      const fresh = () => session.post<{ handle: string }>('/window/new', { type: 'tab' });
      const handle = taken.has(first) ? (await fresh()).handle : first;
      taken.add(handle);
      return tabOf(session, handle);
    },
    async kill() {
      process.kill(Number(await readFile(join(profile, 'pid'), 'utf8')), 'SIGKILL');
      await end();
    },
    async close() {
      await inTime('WebKit to close', 20_000, session.delete(''));
      await end();
    },
  };
}

function tabOf(session: WebDriver, handle: string): Tab {
  const here = async () => void (await session.post('/window', { handle }));
  const act = async (actions: Actions) => {
    await here();
    await session.post('/actions', { actions });
  };
  return {
    async open(url) {
      await here();
      await session.post('/url', { url });
    },
    async reload() {
      await here();
      await session.post('/refresh');
    },
    async run(work, given) {
      await here();
      const script = `const [done] = arguments; ${called(work, given)}.then(
        (value) => done({ value }), (error) => done({ error: String(error) }));`;
      const { value, error } = await session.post<{ value?: string; error?: string }>(
        '/execute/async',
        { script, args: [] },
      );
      if (error !== undefined) throw new Error(error);
      return value === undefined || value === null ? undefined : JSON.parse(value);
    },
    type: (text) => act(typed(text)),
    escape: () => act(escaped),
    click: (x, y) => act(clicked(x, y)),
    async picture() {
      await here();
      return Buffer.from(await session.get<string>('/screenshot'), 'base64');
    },
    async close() {
      await here();
      await session.delete('/window');
    },
  };
}

/** A screen of its own for one browser: `-displayfd` takes a number that nobody has. */
async function startScreen(): Promise<{ process: ChildProcess; display: string }> {
  const args = ['-displayfd', '3', '-screen', '0', '800x1000x24', '-nolisten', 'tcp'];
  const server = spawn('Xvfb', args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const told = server.stdio[3];
  if (!told) throw new Error('Xvfb tells no number');
  const number = await inTime(
    'Xvfb to start',
    20_000,
    new Promise<string>((resolve, reject) => {
      told.once('data', (chunk: Buffer) => resolve(chunk.toString().trim()));
      server.once('error', reject);
      server.once('exit', () => reject(new Error('Xvfb ended')));
    }),
  );
  return { process: server, display: `:${number}` };
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await inTime(`${child.spawnfile} to end`, 20_000, gone);
}
