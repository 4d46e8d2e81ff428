import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Authority } from '../../authority/publisher.ts';
import { hostFolder } from '../../authority/trust-folder.ts';
import type { EpochSeconds } from '../../core/units.ts';
import { demoAuthority } from '../../demo/demo-authority.ts';
import { demoKeys, pinnedRoot } from '../../demo/demo-keys.ts';
import { CommandError } from '../../node/command-error.ts';
import { readHubKeys } from '../publish/hub-keys.ts';
import { fileAuthority } from '../publish/published-folder.ts';
import type { Options } from './options.ts';

/**
 * The authority the options name, or the demo one: by the folder its issuing side publishes into
 * (`demoTrust`), so that what that side revokes is what phones get here, else signed by the hub itself.
 */
export async function chooseAuthority(
  { authority, app, demoTrust }: Pick<Options, 'authority' | 'app'> & { demoTrust?: string },
  now: () => EpochSeconds,
  warn?: (said: string) => void,
): Promise<Authority> {
  if (!authority && demoTrust !== undefined) {
    const { receipt, time } = demoKeys();
    return { ...(await fileAuthority(demoTrust, { receipt, time }, warn)), demo: true };
  }
  if (!authority) return demoAuthority({ now });
  const { trust, region } = authority;
  const chosen = await fileAuthority(trust, readHubKeys(authority.hubKeys), warn, region);
  const root = readFileSync(join(hostFolder(trust), 'root', '1'));
  if (app && Buffer.compare(root, pinnedRoot()) !== 0) {
    throw new CommandError(
      'the scanner here is built on another root 1: put public/v1/root/1 of the authority at ' +
        'keys/root.1.json and run "npm run build", or use --no-app',
    );
  }
  return chosen;
}
