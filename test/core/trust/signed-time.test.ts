import { describe, expect, test } from 'vitest';
import { generateKey } from '../../../src/authority/keys.ts';
import { signFile } from '../../../src/authority/sign-file.ts';
import { openSignedTime } from '../../../src/core/trust/signed-time.ts';
import { at, b64, keys, randomBytes } from '../../support/passes.ts';
import { publicKeys, signersOf } from '../../support/trust-sets.ts';

const nonce = b64(randomBytes(16));
const good = { t: at, nonce, bundleVersion: 1, bundleSha256: '0', exp: at + 3600 };
const trusted = publicKeys([keys.time]);

async function open(over: object, named = keys.time): Promise<string> {
  const file = await signFile('kakou-time+jws', { ...good, ...over }, await signersOf([named]));
  const opened = await openSignedTime(file, { keys: trusted, nonce });
  return opened.ok ? `t ${opened.value.t}` : opened.error;
}

describe('a signed time', () => {
  test('that answers our own nonce is believed', async () => {
    expect(await open({})).toBe(`t ${at}`);
  });

  test.each<[string, object, string]>([
    ['with the nonce of another sync: a replay', { nonce: b64(randomBytes(16)) }, 'nonce-mismatch'],
    ['with an empty nonce', { nonce: '' }, 'nonce-mismatch'],
    ['without a nonce', { nonce: undefined }, 'bad-shape'],
    ['that lives longer than an hour', { exp: at + 3601 }, 'lifetime'],
    ['that lives shorter', { exp: at }, 'lifetime'],
    ['of half a second', { t: at + 0.5 }, 'bad-shape'],
    ['before 1970', { t: -1, exp: 3599 }, 'bad-shape'],
    ['that must be understood and is not', { crit: ['x'], x: 1 }, 'app-outdated'],
  ])('%s is refused', async (_, over, problem) => {
    expect(await open(over)).toBe(problem);
  });

  test('by any key but a time key of the hub is refused', async () => {
    expect(await open({}, await generateKey('time'))).toBe('below-threshold');
    expect(await open({}, keys.receipt)).toBe('below-threshold');
  });

  test('larger than 4 KB is refused unread', async () => {
    const opened = await openSignedTime(new Uint8Array(4097), { keys: trusted, nonce });
    expect(opened).toEqual({ ok: false, error: 'too-large' });
    const largest = await openSignedTime(new Uint8Array(4096), { keys: trusted, nonce });
    expect(largest).toEqual({ ok: false, error: 'not-canonical' });
  });
});
