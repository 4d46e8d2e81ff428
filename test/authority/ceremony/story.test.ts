import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TrustFiles } from '../../../src/core/trust/accept.ts';
import { type Ceremony, ceremony, trustPhone } from '../../support/ceremony.ts';

let authority: Ceremony;
beforeAll(async () => {
  authority = await ceremony();
});
afterAll(() => authority.close());

test('through a whole life of an authority a phone takes each new set and never an older one', async () => {
  const phone = trustPhone(authority);
  const older: TrustFiles[] = [];
  const versions: number[] = [];

  async function step(...lines: string[]): Promise<void> {
    authority.pass(3600);
    for (const line of lines) await authority.done(line);
    expect(await phone.refresh()).toBe('accepted');
    for (const files of older) expect(await phone.offer(files)).not.toBe('accepted');
    older.push(await authority.published());
    const version = phone.view().lists.get('CN-TJ')?.version;
    if (version !== undefined) versions.push(version);
  }

  await authority.done('init');
  await step('add-issuer --issuer CN-TJ --scheme tianjin --name 天津健康码 --size 4096', 'publish');
  expect(phone.status('CN-TJ', 7)).toBeUndefined();

  await step('revoke --issuer CN-TJ --index 7,8', 'publish-list --issuer CN-TJ', 'publish');
  expect(phone.status('CN-TJ', 7)).toBe('invalid');
  expect(phone.status('CN-TJ', 9)).toBe('valid');

  await step(
    'suspend --issuer CN-TJ --index 9',
    'reinstate --issuer CN-TJ --index 8',
    'publish-delta --issuer CN-TJ',
    'publish',
  );
  expect([7, 8, 9, 10].map((index) => phone.status('CN-TJ', index))).toEqual([
    'invalid',
    'valid',
    'suspended',
    'valid',
  ]);

  await step('revoke --issuer CN-TJ --index 4095', 'publish-delta --issuer CN-TJ', 'publish');
  expect(phone.status('CN-TJ', 4095)).toBe('invalid');
  expect(phone.status('CN-TJ', 9)).toBe('suspended');

  await step('rotate-bundle-key');
  expect(phone.view().root.version).toBe(2);
  expect(phone.status('CN-TJ', 9)).toBe('suspended');

  await step('rotate-root --replace root-1,root-2', 'publish');
  expect(phone.view().root.version).toBe(3);

  await step('suspend-issuer --issuer CN-TJ', 'publish');
  expect(phone.view().issuer('CN-TJ')?.state).toBe('suspended');
  await step('resume-issuer --issuer CN-TJ', 'publish');
  expect(phone.view().issuer('CN-TJ')?.state).toBe('active');

  authority.pass(24 * 3600);
  await step('publish-list --issuer CN-TJ', 'publish');
  expect(phone.view().bundle.issuers[0]?.list?.day).toBe('2027-01-16');
  expect([4095, 9, 8].map((index) => phone.status('CN-TJ', index))).toEqual([
    'invalid',
    'suspended',
    'valid',
  ]);

  await step('rotate-root --replace root-3 --threshold 3', 'publish');
  expect(phone.view().root).toMatchObject({ version: 4, threshold: 3 });

  await step('retire-issuer --issuer CN-TJ', 'publish');
  expect(phone.view().issuer('CN-TJ')).toMatchObject({ state: 'retired', retiredOn: '2027-01-16' });

  // one more for every list and delta, the same in between
  expect([...new Set(versions)]).toEqual([1, 2, 3, 4]);

  const newcomer = trustPhone(authority);
  expect(await newcomer.refresh()).toBe('accepted');
});
