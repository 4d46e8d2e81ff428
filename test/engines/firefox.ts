import { existsSync } from 'node:fs';
import { firefox } from 'playwright-bidi';
import type { Browser } from 'playwright-core';

/** Debian's Firefox, or the one named by `FIREFOX_PATH`; nothing where there is none. */
export const firefoxPath: string | undefined = [
  process.env['FIREFOX_PATH'],
  '/usr/bin/firefox-esr',
  '/usr/bin/firefox',
].find((path) => path !== undefined && existsSync(path));

/** It asks its makers for news as soon as it starts; here only the loopback answers. */
const noNetwork = {
  'network.proxy.type': 1,
  'network.proxy.http': '127.0.0.1',
  'network.proxy.http_port': 9,
  'network.proxy.ssl': '127.0.0.1',
  'network.proxy.ssl_port': 9,
  'network.proxy.no_proxies_on': 'localhost, 127.0.0.1',
};

/**
 * A stock Firefox, driven by the WebDriver BiDi that is built into it. Newer versions of Playwright ask it
 * for what it does not know yet, so this one is pinned; it cannot keep a profile over a restart.
 */
export async function launchFirefox(): Promise<Browser> {
  const browser = await firefox.launch({
    channel: 'moz-firefox',
    ...(firefoxPath !== undefined && { executablePath: firefoxPath }),
    headless: true,
    firefoxUserPrefs: { ...noNetwork, 'media.navigator.permission.disabled': true },
  });
  return browser as unknown as Browser;
}
