import { signerOf } from '../../src/authority/keys.ts';
import { toBase64url } from '../../src/core/base64url.ts';
import { mintVenueCode } from '../../src/core/place/mint-venue-code.ts';
import type { VenueCode } from '../../src/core/place/venue-code.ts';
import { type EpochMillis, epochSeconds, toSeconds } from '../../src/core/units.ts';
import { demoKeys } from '../../src/demo/demo-keys.ts';
import { randomBytes } from './passes.ts';

export interface PosterOptions {
  readonly host?: string;
  readonly over?: Partial<VenueCode>;
  /** The demo issuer whose key signs it. */
  readonly by?: 'CN-TJ' | 'CN-HE' | 'CN';
  readonly key?: 'paper' | 'live';
}

/** The link on a poster of a library's gate, good for a day, as its issuer made it. */
export async function poster(
  now: EpochMillis,
  { host = 'code.example', over = {}, by = 'CN-TJ', key = 'paper' }: PosterOptions = {},
): Promise<string> {
  const own = demoKeys().issuers[by];
  if (!own) throw new Error('no keys');
  const iat = toSeconds(now);
  const code: VenueCode = {
    ...{ iss: by, iat, exp: epochSeconds(iat + 86_400), id: toBase64url(randomBytes(16)) },
    ...{ place: 'demo-gate', name: '天津图书馆南门', venue: 'other', region: 'CN-TJ' },
    ...{ district: '120103', index: 42, ...over },
  };
  return mintVenueCode(code, host, await signerOf(own[key]));
}
