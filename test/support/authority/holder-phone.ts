import { generateKey, publicHalf, signerOf } from '../../../src/authority/keys.ts';
import { fromBase64url } from '../../../src/core/base64url.ts';
import { type DayAsks, signDayProof } from '../../../src/core/health/day-proof.ts';
import { mintStamp } from '../../../src/core/pass/kakou/mint.ts';
import { toSeconds } from '../../../src/core/units.ts';
import { randomBytes } from '../passes.ts';
import type { Browser } from './test-authority.ts';

/** A citizen's phone with a key of its own. */
export async function holderPhone(browser: Browser) {
  const { clock } = browser.at;
  const key = await generateKey('phone');
  const { key: signing } = await signerOf(key);
  const asks = (over: Partial<DayAsks> = {}): DayAsks => ({
    ...{ iss: browser.at.seat.id, iat: toSeconds(clock.wall()), jwk: publicHalf(key) },
    ...over,
  });
  return {
    key,
    day: async (over: Partial<DayAsks> = {}) =>
      browser.post('/api/codes/day', await signDayProof(asks(over), signing)),
    /** What it shows offline, stamped now. */
    async shown(credential: string, aud?: string): Promise<string> {
      const bytes = fromBase64url(credential);
      if (!bytes) throw new Error('no credential');
      const stamp = { iat: toSeconds(clock.wall()), jti: randomBytes(12), ...(aud && { aud }) };
      return mintStamp(bytes, stamp, { kid: 'phone', key: signing });
    },
  };
}
