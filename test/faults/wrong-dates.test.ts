import { describe, expect, it } from 'vitest';
import type { Bundle } from '../../src/core/trust/bundle.ts';
import { peekSignedFile } from '../../src/core/trust/signed-file.ts';
import { epochSeconds } from '../../src/core/units.ts';
import { demoTrust } from '../../src/demo/demo-trust.ts';
import { createWrongDates, type WrongDates } from './wrong-dates.ts';

const at = epochSeconds(1_800_000_000);

/** The bundle a phone gets where the hub says its bundle of `second`. */
async function bundleOf(dates: WrongDates, second: number) {
  const { bundle } = await demoTrust(epochSeconds(at + second));
  const answer = await dates.rewrite('/v1/bundle', { kind: 'answer', status: 200, body: bundle });
  if (answer.kind !== 'answer') throw new Error('no answer');
  const opened = peekSignedFile(answer.body, 1 << 20);
  if (!opened.ok) throw new Error(opened.error);
  const said = opened.value as Bundle;
  return { said, isReal: answer.body === bundle, bytes: Buffer.from(answer.body).toString() };
}

describe('an authority that dates wrongly, as the fault run plays it', () => {
  it('never goes back to a version below one it played, and ends with the hub’s first above', async () => {
    const dates = createWrongDates();
    const versions: number[] = [];
    const ask = async (second: number) => {
      const { said, isReal } = await bundleOf(dates, second);
      versions.push(said.version);
      return isReal;
    };
    expect(await ask(0)).toBe(true);
    for (const kind of ['bundle-dated-ahead', 'key-rotation', 'list-dated-ahead'] as const) {
      dates.arm(kind, 1000, () => undefined);
      expect(await ask(0)).toBe(false);
      dates.mend();
      expect(await ask(0)).toBe(false);
    }
    expect(await ask(2)).toBe(false); // above the hub's own, below what was played
    expect(await ask(60)).toBe(true);
    expect(versions).toEqual(versions.toSorted((a, b) => a - b));
  });

  it('signs each version once: the same bytes whenever it is asked for', async () => {
    const dates = createWrongDates();
    dates.arm('key-rotation', 1000, () => undefined);
    const first = await bundleOf(dates, 0);
    expect(first.said.hub.timeKeys).toHaveLength(1);
    expect((await bundleOf(dates, 0)).bytes).toBe(first.bytes);
  });

  it('keeps the new time key until a bundle names the old one again', async () => {
    const dates = createWrongDates();
    dates.arm('key-rotation', 1000, () => undefined);
    const { said } = await bundleOf(dates, 0);
    dates.mend();
    expect((await bundleOf(dates, 1)).said.hub.timeKeys).toEqual(said.hub.timeKeys);
    expect((await bundleOf(dates, 60)).said.hub.timeKeys).not.toEqual(said.hub.timeKeys);
  });
});
