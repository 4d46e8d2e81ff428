import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { eventMessages } from '../../../src/console/app/event-text.ts';
import { createLiveQuery, silenceMs } from '../../../src/console/app/live-query.ts';
import type { Answer, Events } from '../../../src/console/app/remote.ts';
import { err, ok } from '../../../src/core/result.ts';

interface Line {
  say(data: object): void;
  beat(): void;
  end(): void;
  readonly isCancelled: () => boolean;
}

/** A hub of which every stream and every question is answered by hand. */
function hub() {
  const lines: Line[] = [];
  let refusal: Answer<Events> | undefined;
  let answer: Answer<{ n: number }> = ok({ n: 0 });
  let asked = 0;
  const open = async (): Promise<Answer<Events>> => {
    if (refusal) return refusal;
    const waiting: ({ event: string; data: string } | undefined)[] = [];
    let wake: (() => void) | undefined;
    let cancelled = false;
    const push = (message: (typeof waiting)[number]) => {
      waiting.push(message);
      wake?.();
    };
    lines.push({
      say: (data) => push({ event: 'day', data: JSON.stringify(data) }),
      beat: () => push({ event: '', data: '' }),
      end: () => push(undefined),
      isCancelled: () => cancelled,
    });
    return ok({
      async next() {
        while (waiting.length === 0) await new Promise<void>((resolve) => (wake = resolve));
        const message = waiting.shift();
        return message && [message];
      },
      cancel() {
        cancelled = true;
        push(undefined);
      },
    });
  };
  const query = createLiveQuery<{ n: number }>({
    open,
    load: async () => {
      asked++;
      return answer;
    },
    now: Date.now,
    random: () => 0.5,
  });
  return {
    ...{ lines, query, asked: () => asked },
    refuse: (code: string | undefined, waitS?: number) => {
      refusal = code === undefined ? undefined : err({ code, ...(waitS && { waitS }) });
    },
    answers: (next: typeof answer) => {
      answer = next;
    },
  };
}

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

describe('a page that is told what is new', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('is live from the first thing told, and asks nothing besides', async () => {
    const { query, lines, asked } = hub();
    query.resume();
    await pass(0);
    expect(query.getState().line).toBe('opening');
    lines[0]?.say({ n: 1 });
    await pass(0);
    expect(query.getState()).toMatchObject({ line: 'live', data: { n: 1 } });
    await pass(10_000);
    lines[0]?.say({ n: 2 });
    await pass(0);
    expect(query.getState().data).toEqual({ n: 2 });
    expect(asked()).toBe(0);
  });

  it('says when it was heard of last, by comments too', async () => {
    const { query, lines } = hub();
    query.resume();
    await pass(0);
    lines[0]?.say({ n: 1 });
    await pass(20_000);
    lines[0]?.beat();
    await pass(0);
    expect(query.getState().heardAt).toBe(Date.now());
  });

  it('holds a line that says nothing for dead, and is not live any longer', async () => {
    const { query, lines, answers } = hub();
    query.resume();
    await pass(0);
    lines[0]?.say({ n: 1 });
    await pass(0);
    const heardAt = Date.now();
    answers(err({ code: 'offline' }));
    await pass(silenceMs);
    expect(lines[0]?.isCancelled()).toBe(true);
    expect(query.getState()).toMatchObject({ line: 'lost', data: { n: 1 }, heardAt });
  });

  it('asks instead where no stream can be had, and leaves the hub in peace as long as it says', async () => {
    const { query, lines, refuse, answers, asked } = hub();
    refuse('too-many', 60);
    answers(ok({ n: 7 }));
    query.resume();
    await pass(0);
    expect(query.getState()).toMatchObject({ line: 'asking', data: { n: 7 } });
    refuse(undefined);
    await pass(50_000);
    expect(asked()).toBeGreaterThan(9);
    expect(lines).toEqual([]);
    await pass(15_000);
    expect(lines).toHaveLength(1);
    lines[0]?.say({ n: 8 });
    await pass(0);
    expect(query.getState()).toMatchObject({ line: 'live', data: { n: 8 } });
  });

  it('tries again after ever longer pauses while nothing answers', async () => {
    const { query, refuse, answers, asked } = hub();
    refuse('offline');
    answers(err({ code: 'offline' }));
    query.resume();
    await pass(60_000);
    expect(asked()).toBeLessThan(8);
    expect(query.getState()).toMatchObject({ line: 'lost', refusal: { code: 'offline' } });
    const before = asked();
    await pass(60_000);
    expect(asked() - before).toBeLessThanOrEqual(2);
  });

  it('a stream that ends as soon as it began is not opened again and again', async () => {
    const { query, lines } = hub();
    query.resume();
    for (let i = 0; i < 600; i++) {
      await pass(100);
      lines.at(-1)?.say({ n: i });
      lines.at(-1)?.end();
    }
    expect(lines.length).toBeLessThan(20);
  });

  it('rests while nobody sees it, and begins at once when somebody does', async () => {
    const { query, lines, asked } = hub();
    query.resume();
    await pass(0);
    lines[0]?.say({ n: 1 });
    await pass(0);
    query.pause();
    await pass(120_000);
    expect([lines[0]?.isCancelled(), lines.length, asked()]).toEqual([true, 1, 0]);
    query.resume();
    await pass(0);
    lines[1]?.say({ n: 2 });
    await pass(0);
    expect(query.getState()).toMatchObject({ line: 'live', data: { n: 2 } });
  });
});

describe('the text of a stream of events', () => {
  it('is read in whatever pieces it comes', () => {
    const text = ': alive\n\nevent: day\ndata: {"n":1}\n\n: alive\n\n';
    for (let size = 1; size <= text.length; size++) {
      const read = eventMessages();
      const found = [];
      for (let at = 0; at < text.length; at += size) found.push(...read(text.slice(at, at + size)));
      expect(found).toEqual([
        { event: '', data: '' },
        { event: 'day', data: '{"n":1}' },
        { event: '', data: '' },
      ]);
    }
  });
});
