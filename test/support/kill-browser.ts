import type { BrowserContext } from 'playwright-core';
import { inTime } from './in-time.ts';

/** Ends the browser as an empty battery would: the whole process at once, nothing flushed. */
export async function killBrowser(context: BrowserContext): Promise<void> {
  const browser = context.browser();
  if (!browser) throw new Error('the context has no browser');
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  const pid = processInfo.find(({ type }) => type === 'browser')?.id;
  if (pid === undefined) throw new Error('the browser does not say its process id');
  const gone = new Promise((resolve) => context.once('close', resolve));
  process.kill(pid, 'SIGKILL');
  await inTime('a killed browser to end', 20_000, gone);
}
