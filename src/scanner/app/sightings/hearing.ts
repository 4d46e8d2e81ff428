import { utf8 } from '../../../core/bytes.ts';
import { readJson } from '../../../core/json.ts';
import { readSighting, type ToldSighting } from '../../../core/sightings/sighting.ts';
import type { EventRemote, EventStream, StreamEnd } from '../../../ports/event-remote.ts';
import type { Leader, RandomBytes } from '../../../ports/world.ts';
import { type AppStore, clear } from '../store.ts';

interface Needs {
  readonly store: AppStore;
  readonly random: RandomBytes;
  readonly events: () => Promise<EventRemote>;
  readonly leader: Leader;
  token(): Promise<string | undefined>;
  keep(sighting: ToldSighting): void;
}

/** Milliseconds until the next try: after a stream that was open, and the longest after failures. */
const soonMs = 1000;
const longestMs = 60_000;
/** Another tab listens; or this gate is none of the site's for the hub. */
const restMs = 30_000;

/** Listens to what other gates let in, by one tab of the phone, again and again while there is a site. */
export function createHearing({ store, random, events, leader, token, keep }: Needs) {
  let site: string | undefined;
  let lastId: string | undefined;
  let failures = 0;
  let stream: EventStream | undefined;
  /** Grows with each place stood at: what a stream of before still says is not heard. */
  let place = 0;
  let timer: number | undefined;
  let isRunning = false;

  /** One stream from its beginning to its end, and how long to rest then. */
  async function once(): Promise<number> {
    const mine = place;
    const bearer = await token();
    if (bearer === undefined) return restMs;
    const remote = await events();
    if (mine !== place) return 0;
    stream = remote.listen('/v1/sightings', {
      token: bearer,
      ...(lastId !== undefined && { lastId }),
      onEvent({ event, data, id }) {
        if (mine !== place) return;
        const sighting = event === 'sighting' ? readSighting(readJson(utf8(data))) : undefined;
        if (sighting) keep(sighting);
        if (id !== '') lastId = id;
        if (event !== 'ready') return;
        failures = 0;
        store.setState({ hears: true });
      },
    });
    const end = await stream.ended;
    clear(store, 'hears');
    return pauseAfter(end);
  }

  function pauseAfter(end: StreamEnd): number {
    const spread = 0.75 + (random(1)[0] ?? 0) / 512;
    if (end.kind === 'answer' && end.retryAfterS !== undefined)
      return end.retryAfterS * 1000 * (0.5 + spread);
    if (end.kind === 'answer' && end.status < 500) return restMs * spread;
    // the hub stopped, or the line was cut: back soon, and where it stays so, later
    failures += 1;
    return Math.min(longestMs, soonMs * 2 ** (failures - 1)) * spread;
  }

  async function run(): Promise<void> {
    if (isRunning || site === undefined) return;
    isRunning = true;
    clearTimeout(timer);
    timer = undefined;
    let pauseMs = restMs;
    await leader
      .run('sightings', async () => {
        pauseMs = await once();
      })
      .catch(() => undefined);
    isRunning = false;
    if (site !== undefined) timer = setTimeout(() => void run(), pauseMs);
  }

  const unsubscribe = store.subscribe(({ online, unreached, hears }, before) => {
    const isBack = online && unreached === undefined && !(before.online && !before.unreached);
    if (!isBack || hears) return;
    failures = 0;
    void run();
  });

  return {
    stand(next: string | undefined): void {
      if (next === site) return void (isRunning || timer !== undefined || run());
      site = next;
      lastId = undefined;
      failures = 0;
      place += 1;
      stream?.stop();
      clear(store, 'hears');
      clearTimeout(timer);
      timer = undefined;
      // a stream of before ends by its own abort, and goes on with this site then
      void run();
    },
    stop(): void {
      site = undefined;
      unsubscribe();
      clearTimeout(timer);
      place += 1;
      stream?.stop();
    },
  };
}
