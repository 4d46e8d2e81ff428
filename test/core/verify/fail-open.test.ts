import { beforeAll, describe, expect, test, vi } from 'vitest';
import type { TrustView } from '../../../src/core/trust/view.ts';
import { epochMillis, epochSeconds } from '../../../src/core/units.ts';
import { type VerifyContext, verifyPass } from '../../../src/core/verify/pipeline.ts';
import { at, cwt, demoView, good, home, jwt, offline, paper } from '../../support/passes.ts';

const boom = (): never => {
  throw new Error('broken on purpose');
};

/** The same object, but reading `member`, or calling it, throws. */
function broken<T extends object>(target: T, member: PropertyKey): T {
  return new Proxy(target, {
    get: (of, name, receiver) => (name === member ? boom() : Reflect.get(of, name, receiver)),
  });
}

let trust: TrustView;
let passes: string[];
beforeAll(async () => {
  trust = await demoView();
  passes = await Promise.all([cwt(), jwt(), offline(), paper()]);
});

const context = (over: object = {}): VerifyContext => ({
  now: { at: epochMillis(at * 1000), quality: 'synced' },
  trust,
  gate: home,
  seen: () => undefined,
  ...over,
});

async function allBroken(over: object): Promise<void> {
  for (const text of passes) {
    expect(await verifyPass(text, context(over))).toEqual({
      state: 'unknown',
      reason: 'internal-error',
    });
  }
}

describe('a throw', () => {
  test('where nothing throws, the four passes are good', async () => {
    const verdicts = await Promise.all(passes.map((text) => verifyPass(text, context())));
    expect(verdicts.map(({ reason }) => reason)).toEqual([
      'admitted',
      'admitted',
      'admitted',
      'paper-check-id',
    ]);
  });

  test.each(['exp', 'issuer', 'key', 'bundle', 'lists'] as const)(
    'at %s of the trust view never passes',
    async (member) => {
      await allBroken({ trust: broken(trust, member) });
    },
  );

  test.each(['limits', 'venueRules'] as const)(
    'at %s of the bundle never passes',
    async (member) => {
      await allBroken({ trust: { ...trust, bundle: broken(trust.bundle, member) } });
    },
  );

  test.each(['state', 'id', 'name', 'states', 'notices'] as const)(
    'at %s of the issuer never passes',
    async (member) => {
      const issuer = (id: string) => {
        const entry = trust.issuer(id);
        return entry && broken(entry, member);
      };
      if (member !== 'notices') return allBroken({ trust: { ...trust, issuer } });
      const noted = await cwt({
        claims: good({ hc: { nt: ['a'] } }),
      });
      const verdict = await verifyPass(noted, context({ trust: { ...trust, issuer } }));
      expect(verdict.reason).toBe('internal-error');
    },
  );

  test.each(['get'] as const)('at the look-up of a list never passes', async (member) => {
    await allBroken({ trust: { ...trust, lists: broken(trust.lists, member) } });
  });

  test.each(['bytes', 'bits', 'size', 'iat'] as const)(
    'at %s of a list never passes',
    async (member) => {
      const list = trust.lists.get('CN-TJ');
      if (!list) throw new Error('no list');
      await allBroken({ trust: { ...trust, lists: new Map([['CN-TJ', broken(list, member)]]) } });
    },
  );

  test('at the import of a key never passes', async () => {
    await allBroken({ trust: { ...trust, key: () => Promise.reject(new Error('broken')) } });
    await allBroken({ trust: { ...trust, key: boom } });
  });

  test('at the memory of sightings never passes', async () => {
    await allBroken({ seen: boom });
  });

  test.each(['at', 'quality'] as const)('at %s of the clock never passes', async (member) => {
    await allBroken({ now: broken(context().now, member) });
  });

  test('at the gate never passes', async () => {
    await allBroken({ gate: broken(home, 'venue') });
    await allBroken({ gate: undefined });
  });

  test.each(['verify', 'importKey'] as const)('of crypto.subtle.%s never passes', async (name) => {
    // keys already imported are kept, so a view nobody has used yet
    const unused = await demoView(epochSeconds(at - name.length));
    const spy = vi.spyOn(crypto.subtle, name).mockRejectedValue(new Error('broken'));
    try {
      for (const text of passes) {
        const { state } = await verifyPass(text, context({ trust: unused }));
        expect(['stop', 'unknown']).toContain(state);
      }
    } finally {
      spy.mockRestore();
    }
  });
});

test('a key import that failed once is tried again at the next pass', async () => {
  const unused = await demoView(epochSeconds(at - 100));
  const spy = vi.spyOn(crypto.subtle, 'importKey').mockRejectedValueOnce(new Error('broken'));
  try {
    const [text = ''] = passes;
    const first = await verifyPass(text, context({ trust: unused }));
    const second = await verifyPass(text, context({ trust: unused }));
    expect([first.reason, second.reason]).toEqual(['internal-error', 'admitted']);
  } finally {
    spy.mockRestore();
  }
});

describe('nonsense', () => {
  test.each([undefined, null, 1, {}, []])(
    '%j instead of a text or a context never passes and never rejects',
    async (nonsense) => {
      const text = nonsense as unknown as string;
      expect((await verifyPass(text, context())).state).toBe('unknown');
      const other = nonsense as unknown as VerifyContext;
      expect((await verifyPass(passes[0] ?? '', other)).state).toBe('unknown');
    },
  );

  test('as clock, quality or venue never passes', async () => {
    const text = passes[0] ?? '';
    for (const wrong of [Number.NaN, Number.POSITIVE_INFINITY, undefined, 'noon']) {
      for (const text of passes) {
        const { state } = await verifyPass(
          text,
          context({ now: { at: wrong, quality: 'synced' } }),
        );
        expect([wrong, state]).toEqual([wrong, 'unknown']);
      }
    }
    const quality = await verifyPass(
      text,
      context({ now: { at: at * 1000, quality: 'excellent' } }),
    );
    expect(quality.reason).toBe('clock-untrusted');
    const venue = await verifyPass(text, context({ gate: { ...home, venue: 'palace' } }));
    expect(venue.reason).toBe('original-way');
    const rules = trust.bundle.venueRules.map((rule) => ({ ...rule, mode: 'whatever' }));
    const mode = { ...trust, bundle: { ...trust.bundle, venueRules: rules } };
    expect((await verifyPass(text, context({ trust: mode }))).reason).toBe('internal-error');
  });
});
