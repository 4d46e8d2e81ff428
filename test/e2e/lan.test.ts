import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { lanAddresses } from '../../src/hub/start/self-signed/addresses.ts';
import { prepareData } from '../support/built-hub.ts';
import { freshContext } from '../support/chromium.ts';
import { listening, startProgram } from '../support/hub-program.ts';

it('a browser that was told to go on opens the scanner with a camera, at the network’s address', async () => {
  const data = mkdtempSync(join(tmpdir(), 'kakou-lan-'));
  await prepareData(data);
  const run = startProgram(['--lan', '--self-signed', '--port', '0', '--demo', '--data', data]);
  const port = await listening(run);
  const context = await freshContext({ ignoreHTTPSErrors: true, permissions: ['camera'] });
  try {
    const page = await context.newPage();
    await page.goto(`https://${lanAddresses().v4[0] ?? '127.0.0.1'}:${port}/`);
    await page.getByRole('button', { name: /体验演示卡口|Try the demo gate/ }).waitFor();
    const seen = await page.evaluate(async () => {
      const stream = await navigator.mediaDevices.getUserMedia({ video: true });
      const [track] = stream.getVideoTracks();
      track?.stop();
      return { secure: isSecureContext, kind: track?.kind };
    });
    expect(seen).toEqual({ secure: true, kind: 'video' });
  } finally {
    await context.close();
    run.child.kill('SIGTERM');
    await run.ended;
    rmSync(data, { recursive: true });
  }
}, 240_000);
