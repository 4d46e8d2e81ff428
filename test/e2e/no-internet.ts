/**
 * `npx tsx test/e2e/no-internet.ts`, as root on Linux, the app built: a hub on a box and two scanners in
 * a compound, each side in a network namespace of its own, joined by one cable and cut off from
 * everything else. Enrolment, scans and the fence trick over https, with no name service.
 */
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { builtHub } from '../support/built-hub.ts';
import { findChromium } from '../support/chromium.ts';
import { freshPass } from '../support/running-hub.ts';
import { insertScan } from '../support/scanner-keys.ts';

const address = '10.77.0.1';
const origin = `https://${address}:4600`;
const { values } = parseArgs({ options: { inside: { type: 'string' } } });
if (values.inside === undefined) await outside();
else await inside(JSON.parse(values.inside));

async function outside(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'kakou-box-'));
  const main = await builtHub();
  const ip = (...args: string[]) => execFileSync('ip', args);
  const inBox = ['netns', 'exec', 'kakou-box', process.execPath, main];
  for (const name of ['kakou-box', 'kakou-yard']) ip('netns', 'add', name);
  const hub = { process: undefined as ReturnType<typeof spawn> | undefined };
  try {
    ip(...'link add kbox type veth peer name kyard'.split(' '));
    for (const [end, name, own] of [
      ['kbox', 'kakou-box', `${address}/24`],
      ['kyard', 'kakou-yard', '10.77.0.2/24'],
    ] as const) {
      ip('link', 'set', end, 'netns', name);
      ip('-n', name, 'address', 'add', own, 'dev', end);
      for (const link of ['lo', end]) ip('-n', name, 'link', 'set', link, 'up');
    }
    // no route leads anywhere else
    console.log(String(execFileSync('ip', ['-n', 'kakou-yard', 'route'])).trim());
    const where = ['--demo', '--no-issuing', '--self-signed', '--data', folder];
    hub.process = spawn('ip', [...inBox, ...where, '--host', address, '--port', '4600'], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    await new Promise<void>((resolve) => {
      let said = '';
      hub.process?.stderr?.on('data', (chunk) => {
        said += chunk;
        if (said.includes(':4600')) resolve();
      });
    });
    const codes = ['east', 'west'].map((gate) => {
      const asked = ['enrol', '--gate', gate, '--name', `${gate} gate`, '--venue', 'residential'];
      const rest = ['--region', 'CN-TJ', '--url', origin, '--data', folder];
      const said = String(execFileSync('ip', [...inBox, ...asked, ...rest]));
      return said.split('\n').find((line) => line.startsWith('kakou:enrol#')) ?? '';
    });
    const again = [...process.execArgv, process.argv[1] ?? '', '--inside', JSON.stringify(codes)];
    const yard = spawn('ip', ['netns', 'exec', 'kakou-yard', process.execPath, ...again], {
      stdio: 'inherit',
    });
    process.exitCode = await new Promise<number>((resolve) =>
      yard.once('close', (code) => resolve(code ?? 1)),
    );
  } finally {
    hub.process?.kill();
    for (const name of ['kakou-box', 'kakou-yard']) ip('netns', 'del', name);
    rmSync(folder, { recursive: true, force: true });
  }
}

async function inside(codes: readonly string[]): Promise<void> {
  process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0'; // the certificate is the box's own
  const reached = await fetch('https://example.com/', { signal: AbortSignal.timeout(3000) }).then(
    () => true,
    () => false,
  );
  if (reached) throw new Error('the compound is not cut off');
  await siteOf(['east', 'west']);
  const browser = await chromium.launch({
    executablePath: findChromium(),
    args: ['--no-sandbox', '--disable-gpu'],
  });
  try {
    const [east, west] = await Promise.all(codes.map((code) => onShift(browser, code)));
    if (!east || !west) throw new Error('two gates, please');
    const text = await freshPass();
    const began = performance.now();
    const first = await show(east, text);
    const second = await show(west, text);
    const tookMs = Math.round(performance.now() - began);
    console.log({ first: first.state, second: second.state, text: second.text, tookMs });
    if (first.state !== 'pass' || second.state !== 'check') throw new Error('the trick worked');
  } finally {
    await browser.close();
  }
}

/** Puts the gates into one site, as an operator does at the desk. */
async function siteOf(gates: readonly string[]): Promise<void> {
  const session = await fetch(`${origin}/demo/console-session`, {
    ...{ method: 'POST', body: '{}' },
    headers: { 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' },
  });
  if (!session.ok) throw new Error(await session.text());
  const cookie = session.headers.get('set-cookie')?.split(';')[0] ?? '';
  const headers = { cookie, 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' };
  const ask = async (method: string, path: string, body?: object) => {
    const init = { method, headers, ...(body && { body: JSON.stringify(body) }) };
    const answer = await fetch(`${origin}/console/api${path}`, init);
    const said = (await answer.json()) as { gates?: Record<string, unknown>[] };
    if (!answer.ok) throw new Error(`${path}: ${JSON.stringify(said)}`);
    return said;
  };
  const site = { id: 'garden', name: 'Garden', zones: [] };
  await ask('PUT', '/sites/garden', { version: 0, site });
  const { gates: found = [] } = await ask('GET', '/gates');
  for (const { id, name, venue, region, version } of found) {
    if (!gates.includes(String(id))) continue;
    const gate = { id, name, venue, region, direction: 'in', site: 'garden' };
    await ask('PUT', `/gates/${id}`, { version, closed: false, gate });
  }
}

async function onShift(browser: Browser, code: string): Promise<Page> {
  const context = await browser.newContext({ locale: 'zh-CN', ignoreHTTPSErrors: true });
  const page = await context.newPage();
  await page.goto(origin);
  await page.getByRole('button', { name: /体验演示卡口/ }).waitFor();
  await page.locator('body > input').waitFor({ state: 'attached' });
  const hears = page.waitForResponse((answer) => answer.url().endsWith('/v1/sightings'));
  await insertScan(page, code);
  await page.getByRole('button', { name: '一样', exact: true }).click();
  await page.getByText('热成像').click();
  await page.getByRole('textbox').fill('7');
  await page.locator('button[type=submit]').click();
  await page.locator('video').waitFor({ state: 'attached' });
  await hears;
  return page;
}

async function show(page: Page, text: string) {
  await page.locator('section[data-state]').waitFor({ state: 'detached' });
  await insertScan(page, text);
  const card = page.locator('section[data-state]');
  await card.waitFor();
  return { state: await card.getAttribute('data-state'), text: await card.textContent() };
}
