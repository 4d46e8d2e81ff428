import { describe, expect, it } from 'vitest';
import { type EventSink, eventStream, stallMs } from '../../../src/hub/live/event-stream.ts';
import { streamPlaces } from '../../../src/hub/live/places.ts';

function opened() {
  let now = 0;
  let over = 0;
  let sink: EventSink | undefined;
  const answer = eventStream(
    (its) => {
      sink = its;
      return () => over++;
    },
    () => now,
  );
  if (!sink) throw new Error('not begun');
  return { answer, sink, over: () => over, pass: (ms: number) => (now += ms) };
}

describe('an answer of events', () => {
  it('keeps one message for a slow reader, the newest, however many come', async () => {
    const { answer, sink } = opened();
    for (let i = 0; i < 10_000; i++) sink.send(`data: ${i}\n\n`);
    sink.end();
    expect(await answer.text()).toBe(': alive\n\ndata: 0\n\n');
    const other = opened();
    for (let i = 0; i < 100; i++) other.sink.send(`data: ${i}\n\n`);
    const reader = other.answer.body?.getReader();
    const texts: string[] = [];
    for (let i = 0; i < 3; i++)
      texts.push(Buffer.from((await reader?.read())?.value ?? []).toString());
    expect(texts).toEqual([': alive\n\n', 'data: 0\n\n', 'data: 99\n\n']);
  });

  it('cuts a reader who takes nothing for a minute, and gives the place back once', async () => {
    const { answer, sink, over, pass } = opened();
    sink.beat();
    sink.beat();
    pass(stallMs - 1);
    sink.beat();
    expect(over()).toBe(0);
    pass(1);
    sink.beat();
    sink.beat();
    sink.end();
    expect(over()).toBe(1);
    await expect(answer.text()).rejects.toThrow('nobody reads');
  });

  it('is over when its reader goes away', async () => {
    const { answer, sink, over } = opened();
    await answer.body?.cancel();
    sink.send('data: 1\n\n');
    sink.end();
    expect(over()).toBe(1);
  });
});

describe('places for streams', () => {
  const limits = { perSession: 2, perAddress: 3, inAll: 4 };

  it('are counted by session, by address and in all', () => {
    const places = streamPlaces(limits);
    const a = [places.take('a', '192.0.2.1'), places.take('a', '192.0.2.1')];
    expect(a.every(Boolean)).toBe(true);
    expect(places.take('a', '192.0.2.2')).toBeUndefined();
    expect(places.take('b', '192.0.2.1')).toBeDefined();
    expect(places.take('c', '192.0.2.1')).toBeUndefined();
    expect(places.take('c', '192.0.2.2')).toBeDefined();
    expect(places.take('d', '192.0.2.3')).toBeUndefined();
    a[0]?.();
    a[0]?.(); // a place is given back once
    expect(places.open()).toBe(3);
    expect(places.take('d', '192.0.2.3')).toBeDefined();
    expect(places.take('e', '192.0.2.4')).toBeUndefined();
  });
});
