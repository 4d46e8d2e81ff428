import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Authority } from '../../../src/authority/publisher.ts';
import { utf8 } from '../../../src/core/bytes.ts';
import { openReceipt } from '../../../src/core/log/receipt.ts';
import { openSignedTime } from '../../../src/core/trust/signed-time.ts';
import { readHubKeys } from '../../../src/hub/publish/hub-keys.ts';
import { fileAuthority } from '../../../src/hub/publish/published-folder.ts';
import { type Ceremony, ceremony, trustPhone } from '../../support/ceremony.ts';

let operator: Ceremony;
beforeAll(async () => {
  operator = await ceremony();
  for (const line of ['init --issuers CN-TJ', 'publish-list --issuer CN-TJ', 'publish'])
    await operator.done(line);
});
afterAll(() => operator.close());

const nonce = 'AAAAAAAAAAAAAAAAAAAAAA';
const hubOn = (name: string, warn?: (said: string) => void): Promise<Authority> =>
  fileAuthority(
    join(operator.dir, 'public'),
    readHubKeys(join(operator.dir, 'private', `${name}.json`)),
    warn,
  );

it('the hub’s keys are changed with no phone in between that believes neither', async () => {
  const phone = trustPhone(operator);
  const receiptOf = (hub: Authority) =>
    hub.signReceipt({ device: 'd', seq: 1, head: '0'.repeat(64), t: operator.now() });
  const believes = async (receipt: string) =>
    (await openReceipt(utf8(receipt), phone.view().bundle.hub.receiptKeys)).ok;
  const believesTime = async (hub: Authority) => {
    const file = utf8(await hub.signTime(nonce, operator.now()));
    return (await openSignedTime(file, { keys: phone.view().bundle.hub.timeKeys, nonce })).ok;
  };
  async function publish(...lines: string[]): Promise<void> {
    operator.pass(3600);
    for (const line of [...lines, 'publish']) await operator.done(line);
  }

  const warnings: string[] = [];
  const old = await hubOn('hub', (said) => warnings.push(said));
  await phone.refresh();
  const first = await receiptOf(old);
  expect(await believes(first)).toBe(true);

  // too early: the bundle that names it is not out
  await operator.done('add-hub-keys');
  await expect(hubOn('hub-2')).rejects.toThrow('does not name these hub keys');

  // published: phones that have it and phones that do not both believe the hub on its old keys
  await publish();
  expect([await believes(await receiptOf(old)), await believesTime(old)]).toEqual([true, true]);
  await phone.refresh();
  expect([await believes(await receiptOf(old)), await believesTime(old)]).toEqual([true, true]);

  // the hub signs with the new pair; what it signed before is good on
  const next = await hubOn('hub-2');
  expect([await believes(await receiptOf(next)), await believesTime(next)]).toEqual([true, true]);
  expect(await believes(first)).toBe(true);
  expect(warnings).toEqual([]);

  // retired: a hub left on the old pair says so, and cannot start again
  await publish('retire-hub-keys');
  await phone.refresh();
  expect([await believes(first), await believes(await receiptOf(next))]).toEqual([false, true]);
  await old.bundle(operator.now());
  expect(warnings).toEqual(['the bundle does not name the keys of this hub']);
  await expect(hubOn('hub')).rejects.toThrow('does not name these hub keys');
});
