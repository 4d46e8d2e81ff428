import { signerOf } from '../../../src/authority/keys.ts';
import { signFile } from '../../../src/authority/sign-file.ts';
import { readJson } from '../../../src/core/json.ts';
import { eventLines } from '../../../src/core/sightings/event-lines.ts';
import { peekSignedFile } from '../../../src/core/trust/signed-file.ts';
import { demoKeys } from '../../../src/demo/demo-keys.ts';
import type { EventRemote, StreamEnd, StreamOptions } from '../../../src/ports/event-remote.ts';
import type { Remote, RemoteAnswer } from '../../../src/ports/remote.ts';
import { pause } from '../../support/in-time.ts';
import type { Dice } from '../dice.ts';
import type { SiteFault } from '../fault-plan.ts';
import type { Life } from '../mortal.ts';

/** What the hub said of a code when it was claimed, and whether the card can have waited for it. */
export interface Word {
  readonly isFirst: boolean;
  readonly isInTime: boolean;
}

interface LineParts {
  readonly dice: Dice;
  readonly claimMs: number;
  /** The hub's words on the time are this much ahead at this phone. */
  readonly apartMs: number;
  origin(path: string): string;
  isOnline(): boolean;
  /** Told when an armed fault strikes. */
  struck(kind: SiteFault): void;
}

type Send = () => Promise<RemoteAnswer>;
const offline = { kind: 'offline' } as const;
const keys = demoKeys();

/** What lies between one gate of a site and the others: its claims and its stream, and what strikes them. */
export function createSiteLine(parts: LineParts) {
  const { dice, claimMs, apartMs } = parts;
  let armed: SiteFault | undefined;
  let word: Word | undefined;
  /** From a word that came too late until one in time: cards may not wait then. */
  let isHasty = false;
  let open: { end(): void; stall(): void } | undefined;
  let cutAt: number | undefined;
  let heard = new Set<string>();
  const late: Promise<unknown>[] = [];

  function take(...kinds: readonly SiteFault[]): SiteFault | undefined {
    const kind = armed;
    if (kind === undefined || !kinds.includes(kind)) return undefined;
    armed = undefined;
    parts.struck(kind);
    return kind;
  }

  async function claim(send: Send, life: Life): Promise<RemoteAnswer> {
    const kind = take(
      ...(['claim-lost', 'claim-answer-lost', 'claim-late', 'claim-twice'] as const),
      ...(['claim-replayed', 'hub-killed-in-claim'] as const),
      ...(['hub-killed-after-claim', 'postgres-killed-after-claim'] as const),
    );
    switch (kind) {
      case 'claim-lost':
        return offline;
      case 'claim-answer-lost':
        await send();
        return offline;
      case 'claim-late': {
        if (dice.chance(0.5)) await pause(claimMs + 100);
        const answer = await send();
        await pause(claimMs + 100);
        return answer;
      }
      case 'claim-twice':
        return (await Promise.all([send(), send()]))[dice.whole(2)] ?? offline;
      case 'claim-replayed': {
        const answer = await send();
        // what a start of the app sends that is over by then never ends
        late.push(Promise.race([pause(dice.whole(2000)).then(send), life.death]));
        return answer;
      }
      default:
        return send();
    }
  }

  async function asked(send: Send, life: Life): Promise<RemoteAnswer> {
    const from = performance.now();
    const answer = await claim(send, life);
    const tookMs = performance.now() - from;
    if (tookMs > claimMs * 0.9) isHasty = true;
    if (answer.kind === 'offline' || answer.status !== 200) return answer;
    const said = readJson(answer.body) as { first?: unknown } | undefined;
    word = { isFirst: said?.first === true, isInTime: !isHasty && tookMs <= claimMs * 0.9 };
    if (tookMs <= claimMs * 0.9) isHasty = false;
    return answer;
  }

  return {
    claimMs,
    /** Strikes the next claim. */
    arm(kind: SiteFault) {
      armed = kind;
    },
    /** Of the card shown last, once. */
    takeWord(): Word | undefined {
      const said = word;
      word = undefined;
      return said;
    },
    /** Keys of codes that this start of the app was told. */
    heard: () => heard,
    cut: () => open?.end(),
    /** In the middle of the next event. */
    cutInEvent() {
      cutAt = dice.whole(60);
    },
    /** Nothing comes through any more; somebody notices after a while. */
    async stall(ms: number) {
      const stalled = open;
      stalled?.stall();
      await pause(ms);
      stalled?.end();
    },
    settled: () => Promise.all(late.splice(0)),
    claims(remote: Remote, life: Life): Remote {
      return {
        ...remote,
        async post(path, body, options) {
          const send = () => remote.post(path, body, options);
          if (path === '/v1/claims') return asked(send, life);
          const answer = await send();
          return path === '/v1/time' && apartMs > 0 ? apart(answer, apartMs) : answer;
        },
      };
    },
    events(life: Life): EventRemote {
      heard = new Set();
      const mine = heard;
      const read = (
        options: StreamOptions,
        piece: string,
        lines: ReturnType<typeof eventLines>,
      ) => {
        for (const event of lines(piece)) {
          if (event.event === 'sighting') mine.add(JSON.parse(event.data).key);
          options.onEvent(event);
        }
      };
      return {
        listen(path, options) {
          const abort = new AbortController();
          let isStalled = false;
          const end = () => abort.abort();
          open = {
            end,
            stall: () => {
              isStalled = true;
            },
          };
          void life.death.then(end);
          const take = (piece: string, lines: ReturnType<typeof eventLines>) => {
            if (life.dead || isStalled || abort.signal.aborted) return;
            if (cutAt === undefined || !piece.includes('sighting'))
              return read(options, piece, lines);
            read(options, piece.slice(0, cutAt), lines);
            cutAt = undefined;
            end();
          };
          const ended = parts.isOnline()
            ? follow(parts.origin(path), { path, options, signal: abort.signal, take })
            : Promise.resolve<StreamEnd>(offline);
          return { ended: ended.finally(end), stop: end };
        },
      };
    },
  };
}

export type Line = ReturnType<typeof createSiteLine>;

interface Following {
  readonly path: string;
  readonly options: StreamOptions;
  readonly signal: AbortSignal;
  take(piece: string, lines: ReturnType<typeof eventLines>): void;
}

async function follow(origin: string, { path, options, signal, take }: Following) {
  const headers = {
    authorization: `Bearer ${options.token}`,
    ...(options.lastId !== undefined && { 'last-event-id': options.lastId }),
  };
  const response = await fetch(new URL(path, origin), { headers, signal }).catch(() => undefined);
  if (!response) return offline satisfies StreamEnd;
  if (response.status !== 200) {
    await response.body?.cancel();
    return { kind: 'answer', status: response.status } satisfies StreamEnd;
  }
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  const lines = eventLines();
  try {
    for (let part = await reader?.read(); part && !part.done; part = await reader?.read())
      take(part.value, lines);
  } catch {
    // cut
  }
  return { kind: 'over' } satisfies StreamEnd;
}

/** The hub's word on the time, genuinely signed by a hub whose clock is so much ahead. */
async function apart(answer: RemoteAnswer, ms: number): Promise<RemoteAnswer> {
  if (answer.kind !== 'answer' || answer.status !== 200) return answer;
  const said = peekSignedFile(answer.body, 1 << 16);
  if (!said.ok) return answer;
  const { t, exp, ...rest } = said.value as { t: number; exp: number };
  const by = ms / 1000;
  const ahead = { ...rest, t: t + by, exp: exp + by };
  const body = await signFile('kakou-time+jws', ahead, [await signerOf(keys.time)]);
  return { ...answer, body };
}
