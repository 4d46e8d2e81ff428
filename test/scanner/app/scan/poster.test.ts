import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { signerOf } from '../../../../src/authority/keys.ts';
import { toBase64url } from '../../../../src/core/base64url.ts';
import { mintVenueCode } from '../../../../src/core/place/mint-venue-code.ts';
import type { VenueCode } from '../../../../src/core/place/venue-code.ts';
import { epochSeconds, toSeconds } from '../../../../src/core/units.ts';
import { demoKeys } from '../../../../src/demo/demo-keys.ts';
import { type OpenPhone, phoneOnShift } from '../../../support/on-shift.ts';
import type { World } from '../../../support/world.ts';

let world: World;
let phone: OpenPhone;

beforeEach(async () => {
  ({ world, phone } = await phoneOnShift());
});
afterEach(() => world.close());

const hour = 3600;
async function poster(place: string, over: Partial<VenueCode> = {}): Promise<string> {
  const paper = demoKeys().issuers['CN-TJ']?.paper;
  if (!paper) throw new Error('the demo has no such key');
  const now = toSeconds(world.hubClock.wall());
  const id = toBase64url(crypto.getRandomValues(new Uint8Array(16)));
  const code = { iss: 'CN-TJ', iat: epochSeconds(now - hour), exp: epochSeconds(now + hour) };
  const facts = { id, place, name: '演示小区', index: 42 };
  return mintVenueCode({ ...code, ...facts, ...over }, 'code.example', await signerOf(paper));
}
async function told(text: string) {
  await phone.actions.present(text, 'wedge');
  // what tells of posters is loaded with the first: on a busy machine longer than the second usually waited
  await vi.waitFor(() => expect(phone.state().card?.poster).toBeDefined(), { timeout: 15_000 });
  const { card } = phone.state();
  expect(card?.verdict).toMatchObject({ state: 'unknown', what: 'venue-code' });
  return card?.poster;
}
const ours = () => phone.state().gate?.id ?? '';

describe('a poster held up in place of a pass', () => {
  it('is told to be genuine and of this gate, with its place and where its link leads, and admits nobody', async () => {
    expect(await told(await poster(ours()))).toEqual({
      is: 'here',
      place: '演示小区',
      issuerName: expect.objectContaining({ 'zh-CN': expect.any(String) }),
      host: 'code.example',
    });
    expect(phone.state().counts.pass).toBe(0);
  });

  it('is told to be of another place', async () => {
    expect(await told(await poster('far-away'))).toMatchObject({ is: 'elsewhere' });
  });

  it('is told to be over, and forged, of which nothing else is believed', async () => {
    const exp = epochSeconds(toSeconds(world.hubClock.wall()) - 60);
    expect(await told(await poster(ours(), { exp }))).toMatchObject({ is: 'expired' });
    await phone.actions.refuse('other');
    const good = await poster(ours());
    expect(await told(`${good.slice(0, -8)}AAAAAAAA`)).toEqual({ is: 'bad-signature' });
  });

  it('is written down as a code that is none, with nothing of the poster in the log', async () => {
    await told(await poster(ours()));
    const entries = JSON.stringify(await world.log.read(1, 100));
    expect(entries).toContain('not-a-pass');
    expect(entries).not.toContain('code.example');
    expect(entries).not.toContain('演示小区');
  });
});
