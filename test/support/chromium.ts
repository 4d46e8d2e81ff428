import { execFileSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
} from 'playwright-core';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
/** The same engine without a browser's own window, which since Chromium 150 costs a process a context. */
const shells = ['chromium-headless-shell'];

const quietFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

/** A deadline tells a page that hangs from a slow machine, and decides nothing else: it may be long. */
const patienceMs = 60_000;

export interface LaunchOptions {
  /** Absolute path of a .mjpeg or .y4m file the camera shows: see fake-camera.ts. */
  fakeVideo?: string;
  /** Profile folder to keep; a fresh one, deleted on close, when left out. */
  userDataDir?: string;
  args?: string[];
  context?: BrowserContextOptions;
  /** The whole browser, which asks for permissions and keeps a screen on, and not its headless shell. */
  whole?: boolean;
}

/** Starts a headless Chromium; closing the context ends it. */
export async function launch(options: LaunchOptions = {}): Promise<BrowserContext> {
  const profile = options.userDataDir ?? (await mkdtemp(join(tmpdir(), 'kakou-profile-')));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: findChromium(options),
    headless: true,
    ...options.context,
    args: [...quietFlags, ...cameraFlags(options.fakeVideo), ...(options.args ?? [])],
  });
  context.setDefaultTimeout(patienceMs);
  if (options.userDataDir === undefined) {
    context.on('close', () => void rm(profile, { recursive: true, force: true, maxRetries: 3 }));
  }
  return context;
}

let shared: Promise<Browser> | undefined;

/**
 * A fresh context in the one Chromium of this process, for tests that need neither a film nor a
 * profile on the disk: to start a browser for each costs more than most of them.
 */
export async function freshContext(options: BrowserContextOptions = {}): Promise<BrowserContext> {
  shared ??= chromium.launch({
    executablePath: findChromium(),
    args: [...quietFlags, ...cameraFlags(undefined)],
  });
  const context = await (await shared).newContext(options);
  context.setDefaultTimeout(patienceMs);
  return context;
}

/** The Chromium to test with: a headless shell where there is one, unless the whole is asked for. Throws a sentence saying what is missing. */
export function findChromium({ whole = false }: Pick<LaunchOptions, 'whole'> = {}): string {
  const asked = process.env['CHROME_PATH'];
  if (asked) {
    if (isExecutable(asked)) return asked;
    throw new Error(`CHROME_PATH is ${asked}, which is no executable file.`);
  }
  const found =
    (whole ? undefined : inPath(shells)) ?? inPath(names) ?? playwrightsOwn() ?? installed();
  if (found) return found;
  throw new Error(
    'These tests need a Chromium and found none: set CHROME_PATH, or install one ' +
      '(Debian: apt-get install chromium; anywhere: npx playwright-core install chromium).',
  );
}

function cameraFlags(video: string | undefined): string[] {
  return [
    '--use-fake-ui-for-media-stream',
    // a film has its own pace; a picture of nothing need not be looked for a code twenty times a second
    `--use-fake-device-for-media-stream${video === undefined ? '=fps=5' : ''}`,
    ...(video === undefined ? [] : [`--use-file-for-fake-video-capture=${video}`]),
  ];
}

function inPath(names: readonly string[]): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
}

function playwrightsOwn(): string | undefined {
  const path = chromium.executablePath();
  return isExecutable(path) ? path : undefined;
}

function installed(): string | undefined {
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) return undefined;
  try {
    const run = (...args: string[]) => execFileSync('apt-get', args, { stdio: 'ignore' });
    run('update', '-q');
    run('install', '-y', '-q', '--no-install-recommends', 'chromium');
  } catch {
    return undefined;
  }
  return inPath(names);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
