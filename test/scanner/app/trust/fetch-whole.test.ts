import { describe, expect, it } from 'vitest';
import { utf8 } from '../../../../src/core/bytes.ts';
import type { RemoteAnswer } from '../../../../src/ports/remote.ts';
import { type Beginnings, fetchWhole } from '../../../../src/scanner/app/trust/fetch-whole.ts';
import { answer, fakeRemote, type RemoteCall } from '../../../support/fakes/fake-remote.ts';

const text = (from: number, to: number) => 'x'.repeat(to - from);
const part = (from: number, to: number, etag = 'W/"a"'): RemoteAnswer => ({
  kind: 'offline',
  part: { from, etag, body: utf8(text(from, to)) },
});
const rest = (from: number, to: number): RemoteAnswer =>
  Object.assign({}, answer(206, text(from, to), '"a"'), { from });
const dead: RemoteAnswer = { kind: 'offline' };
const silent: RemoteAnswer = { kind: 'offline', silent: true };

/** Asks for a file at a hub that gives these answers in turn. */
async function ask(answers: RemoteAnswer[], beginnings: Beginnings = new Map(), maxBytes = 10_000) {
  const calls: RemoteCall[] = [];
  const left = [...answers];
  const remote = fakeRemote((call) => {
    calls.push(call);
    return left.shift() ?? dead;
  });
  const got = await fetchWhole(remote, '/v1/lists/x', { etag: '"old"', maxBytes }, beginnings);
  const size = got.kind === 'answer' ? [got.status, got.body.length] : 'offline';
  return { size, asked: calls.map(({ after }) => after?.bytes ?? 0), calls, left: left.length };
}

describe('a file whose transfer breaks off', () => {
  it('is put together from its pieces, and only the rest is asked for', async () => {
    const { size, asked, calls } = await ask([part(0, 4000), part(4000, 7000), rest(7000, 9000)]);
    expect(size).toEqual([200, 9000]);
    expect(asked).toEqual([0, 4000, 7000]);
    expect(calls[0]?.etag).toBe('"old"');
    expect(calls[1]).toMatchObject({ after: { bytes: 4000, etag: '"a"' } });
    expect(calls[1]).not.toHaveProperty('etag');
  });

  it('goes on next time where the line died', async () => {
    const beginnings: Beginnings = new Map();
    expect((await ask([part(0, 4000), dead], beginnings)).size).toBe('offline');
    const { size, asked } = await ask([rest(4000, 9000)], beginnings);
    expect([size, asked]).toEqual([[200, 9000], [4000]]);
    expect(beginnings.size).toBe(0);
  });

  it.each([
    [
      'a hub that does not know ranges sends the whole',
      [part(0, 4000), answer(200, text(0, 9000))],
      [200, 9000],
    ],
    [
      'a file that changed meanwhile is taken whole',
      [part(0, 4000), answer(200, text(0, 500), '"b"')],
      [200, 500],
    ],
    [
      'a file that changed and breaks off again goes on from its own beginning',
      [part(0, 4000), part(0, 3000, '"b"'), rest(3000, 8000)],
      [200, 8000],
    ],
    [
      'the rest of something else is not put behind it',
      [part(0, 4000), rest(3000, 9000), answer(200, text(0, 9000))],
      [200, 9000],
    ],
    [
      'a file that is shorter now is begun anew',
      [part(0, 4000), answer(416), answer(200, text(0, 100))],
      [200, 100],
    ],
    ['one that is gone is gone', [part(0, 4000), answer(404)], [404, 0]],
    [
      'more than the cap is not put together',
      [part(0, 4000), rest(4000, 10_001), answer(200, text(0, 5))],
      [200, 5],
    ],
  ])('%s', async (_, answers, size) => {
    expect((await ask(answers)).size).toEqual(size);
  });

  it('ends after three tries in a row that bring next to nothing', async () => {
    const tries = [part(0, 4000), silent, part(4000, 4100), silent, part(4100, 9000)];
    const { size, left } = await ask(tries);
    expect([size, left]).toEqual(['offline', 1]);
  });

  it('ends at once without a network', async () => {
    expect(await ask([dead, answer(200, 'x')])).toMatchObject({ size: 'offline', left: 1 });
  });

  it('ends where a hub without ranges always breaks off at the same place', async () => {
    const { size, left } = await ask(Array.from({ length: 20 }, () => part(0, 4000)));
    expect(size).toBe('offline');
    expect(left).toBeGreaterThan(15);
  });

  it('keeps two beginnings in memory and no more', async () => {
    const beginnings: Beginnings = new Map();
    const remote = fakeRemote(() => part(0, 600));
    for (const path of ['/a', '/b', '/c'])
      await fetchWhole(remote, path, { maxBytes: 10_000 }, beginnings);
    expect([...beginnings.keys()]).toEqual(['/b', '/c']);
  });
});
