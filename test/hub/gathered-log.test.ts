import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { gatheredLog } from '../../src/hub/http/gathered-log.ts';

describe('the log of a hub', () => {
  let written: string[] = [];
  const begun = () => gatheredLog({ level: 'info', write: (lines) => void written.push(lines) });
  const said = () => written.map((lines) => lines.split('\n').filter(Boolean).length);
  const before = process.listeners('exit');

  beforeEach(() => {
    written = [];
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
    for (const listener of process.listeners('exit'))
      if (!before.includes(listener)) process.off('exit', listener);
  });

  it('writes requests several at a time, and each within half a second', () => {
    const log = begun();
    for (let i = 0; i < 5; i++) log.info({ status: 200 }, 'request');
    expect(said()).toEqual([]);
    vi.advanceTimersByTime(500);
    expect(said()).toEqual([5]);
    for (let i = 0; i < 200; i++) log.info({ status: 200 }, 'request');
    expect(written.length).toBeLessThan(8);
    vi.advanceTimersByTime(500);
    expect(said().reduce((sum, lines) => sum + lines, 0)).toBe(205);
  });

  it('writes a warning and an error at once, after what waited before them', () => {
    const log = begun();
    log.info({}, 'request');
    log.warn({}, 'odd');
    expect(said()).toEqual([2]);
    log.info({}, 'request');
    log.error({ error: 'x' }, 'wrong');
    expect(
      written
        .at(-1)
        ?.split('\n')
        .map((line) => line && JSON.parse(line).msg),
    ).toEqual(['request', 'wrong', '']);
  });

  it('leaves nothing unwritten at the end of the process', () => {
    const log = begun();
    log.info({}, 'request');
    const added = process.listeners('exit').filter((listener) => !before.includes(listener));
    for (const listener of added) listener(0);
    expect(said()).toEqual([1]);
  });
});
