import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inTime } from '../support/in-time.ts';
import { type Actions, clicked, escaped, typed } from './actions.ts';
import { type Bidi, connectBidi } from './bidi.ts';
import { called, type Engine, language, type Start, size, type Tab } from './engine.ts';

/** Debian's Firefox, or the one named by `FIREFOX_PATH`; nothing where there is none. */
export const firefoxPath: string | undefined = [
  process.env['FIREFOX_PATH'],
  '/usr/bin/firefox-esr',
  '/usr/bin/firefox',
].find((path) => path !== undefined && existsSync(path));

/** It asks its makers for news as soon as it starts; here only the loopback answers. */
const settings = {
  'network.proxy.type': 1,
  'network.proxy.http': '127.0.0.1',
  'network.proxy.http_port': 9,
  'network.proxy.ssl': '127.0.0.1',
  'network.proxy.ssl_port': 9,
  'network.proxy.no_proxies_on': 'localhost, 127.0.0.1',
  'media.navigator.permission.disabled': true,
  'intl.accept_languages': language,
  'browser.shell.checkDefaultBrowser': false,
  'browser.aboutwelcome.enabled': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'toolkit.startup.max_resumed_crashes': -1,
  'browser.sessionstore.resume_from_crash': false,
};

/** A stock Firefox, driven by the WebDriver BiDi that is built into it. */
export async function startFirefox({ profile, scripts }: Start): Promise<Engine> {
  if (firefoxPath === undefined) throw new Error('no Firefox here');
  await mkdir(profile, { recursive: true });
  const lines = Object.entries(settings).map(
    ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`,
  );
  await writeFile(join(profile, 'user.js'), lines.join(''));
  const args = ['--headless', '--no-remote', '--remote-debugging-port', '0', '--profile', profile];
  const browser = spawn(firefoxPath, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  const gone = new Promise<void>((resolve) => browser.once('exit', () => resolve()));
  const address = await inTime(
    'Firefox to start',
    60_000,
    new Promise<string>((resolve, reject) => {
      let said = '';
      browser.stderr.on('data', (chunk: Buffer) => {
        said = (said + chunk.toString()).slice(-2000);
        const [, url] = /WebDriver BiDi listening on (ws:\S+)/.exec(said) ?? [];
        if (url !== undefined) resolve(url);
      });
      browser.once('exit', () => reject(new Error(`Firefox ended: ${said}`)));
    }),
  );
  const bidi = await connectBidi(`${address}/session`);
  await bidi.send('session.new', { capabilities: {} });
  for (const script of scripts)
    await bidi.send('script.addPreloadScript', { functionDeclaration: `() => { ${script} }` });
  return {
    async newTab() {
      const { context } = await bidi.send<{ context: string }>('browsingContext.create', {
        type: 'tab',
      });
      await bidi.send('browsingContext.setViewport', { context, viewport: size });
      return tabOf(bidi, context);
    },
    async kill() {
      browser.kill('SIGKILL');
      await inTime('a killed Firefox to end', 20_000, gone);
      bidi.close();
    },
    async close() {
      await bidi.send('browser.close', {}).catch(() => undefined);
      await inTime('Firefox to close', 20_000, gone).catch(() => browser.kill('SIGKILL'));
      bidi.close();
    },
  };
}

interface Evaluated {
  readonly type: 'success' | 'exception';
  readonly result?: { readonly type: string; readonly value?: string };
  readonly exceptionDetails?: { readonly text: string };
}

function tabOf(bidi: Bidi, context: string): Tab {
  const act = async (actions: Actions) =>
    void (await bidi.send('input.performActions', { context, actions }));
  return {
    open: async (url) =>
      void (await bidi.send('browsingContext.navigate', { context, url, wait: 'complete' })),
    reload: async () =>
      void (await bidi.send('browsingContext.reload', { context, wait: 'complete' })),
    async run(work, given) {
      const { type, result, exceptionDetails } = await bidi.send<Evaluated>('script.evaluate', {
        expression: called(work, given),
        target: { context },
        awaitPromise: true,
      });
      if (type === 'exception') throw new Error(exceptionDetails?.text);
      return result?.value === undefined ? undefined : JSON.parse(result.value);
    },
    type: (text) => act(typed(text)),
    escape: () => act(escaped),
    click: (x, y) => act(clicked(x, y)),
    async picture() {
      const { data } = await bidi.send<{ data: string }>('browsingContext.captureScreenshot', {
        context,
      });
      return Buffer.from(data, 'base64');
    },
    close: async () => void (await bidi.send('browsingContext.close', { context })),
  };
}
