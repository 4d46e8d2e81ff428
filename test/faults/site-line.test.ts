import { expect, it } from 'vitest';
import type { Remote } from '../../src/ports/remote.ts';
import { inTime } from '../support/in-time.ts';
import { createDice } from './dice.ts';
import { createLife } from './mortal.ts';
import { createSiteLine } from './site/site-line.ts';

it('does not wait for what a phone sends again that was closed meanwhile', async () => {
  const line = createSiteLine({
    ...{ dice: createDice(1), claimMs: 300, apartMs: 0 },
    ...{ origin: () => '', isOnline: () => true, struck: () => undefined },
  });
  const life = createLife();
  const post = () =>
    life.dead ? new Promise<never>(() => undefined) : Promise.resolve({ kind: 'offline' } as const);
  line.arm('claim-replayed');
  await line.claims({ post } as unknown as Remote, life).post('/v1/claims', '');
  life.kill();
  expect(await inTime('the line', 10_000, line.settled())).toHaveLength(1);
});
