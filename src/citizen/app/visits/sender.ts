import { type VisitAnswer, visitLimits } from '../../../core/place/visit.ts';
import { type EpochMillis, toSeconds } from '../../../core/units.ts';
import type { Refusal } from '../../../ports/ask-json.ts';
import { doubtful } from '../doubt.ts';
import type { Remote } from '../remote.ts';
import type { Queued, VisitStore } from './visit-store.ts';
import type { RefusedVisit } from './visits-state.ts';

const retryMs = 30_000;
const longestMs = 300_000;

export interface SenderNeeds {
  readonly store: Pick<VisitStore, 'list' | 'drop'>;
  readonly remote: Pick<Remote, 'visits'>;
  /** Whose visits are meant. */
  owner(): string | undefined;
  /** They are signed in, by the server's word. */
  maySend(): boolean;
  now(): EpochMillis | undefined;
  /** What still waits. */
  waits(visits: readonly Queued[]): void;
  answered(refused: readonly RefusedVisit[], leftOut: number): void;
}

export interface Sender {
  /** Sends what waits, as far as there is a network; what is not answered stays and is tried again. */
  send(): Promise<void>;
}

/** Brings visits to the server: each until it is answered, and none for anybody but who made it. */
export function createSender(needs: SenderNeeds): Sender {
  const { store, remote } = needs;
  let running: Promise<void> | undefined;
  let isWanted = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Visits in one question: fewer where one of many could not be taken as a whole. */
  let size: number = visitLimits.batch;

  async function sendAll(): Promise<void> {
    clearTimeout(timer);
    for (let waiting = await tidy(); waiting.length > 0; waiting = await tidy()) {
      const batch = waiting.slice(0, size);
      const answer = await remote.visits(batch.map(visitOf));
      if (answer.ok) {
        if (!(await taken(batch, answer.value.visits))) return later();
        continue;
      }
      const { error } = answer;
      if (error.code === 'sign-in-needed') return;
      if (doubtful(error) || error.waitS !== undefined) return later(error);
      // a definite no: to find out which one it is about, each is asked for alone
      if (batch.length > 1) size = 1;
      else await taken(batch, [{ id: batch[0]?.id ?? '', outcome: 'refused' }]);
    }
    size = visitLimits.batch;
  }

  /** What is to be sent, the oldest first. What no server takes any more is deleted, whoever's it is. */
  async function tidy(): Promise<readonly Queued[]> {
    const all = await store.list();
    const now = needs.now();
    const before = now === undefined ? 0 : toSeconds(now) - visitLimits.keptS - 86_400;
    const old = all.filter(({ at }) => at < before);
    if (old.length > 0) await store.drop(old.map(({ id }) => id));
    const owner = needs.owner();
    const mine = all.filter((one) => one.owner === owner && one.at >= before);
    needs.waits(mine);
    if (!needs.maySend()) return [];
    return [...mine].sort((a, b) => a.at - b.at);
  }

  /** Whether any of them was answered. */
  async function taken(
    batch: readonly Queued[],
    answers: readonly VisitAnswer[],
  ): Promise<boolean> {
    const sent = new Map(batch.map((one) => [one.id, one]));
    const done = answers.filter(({ id }) => sent.has(id));
    await store.drop(done.map(({ id }) => id));
    const refused = done.flatMap(({ id, outcome, why = 'other' as const }) => {
      const one = sent.get(id);
      return one && outcome === 'refused' ? [{ place: one.place, at: one.at, why }] : [];
    });
    const leftOut = done.reduce((sum, { notYours = [] }) => sum + notYours.length, 0);
    if (done.length > 0) needs.answered(refused, leftOut);
    return done.length > 0;
  }

  function later(refusal?: Refusal): void {
    const waitMs = Math.min(longestMs, Math.max(retryMs, (refusal?.waitS ?? 0) * 1000));
    timer = setTimeout(() => void send(), waitMs);
  }

  function send(): Promise<void> {
    isWanted = true;
    running ??= (async () => {
      while (isWanted) {
        isWanted = false;
        await sendAll().catch(() => later());
      }
    })().finally(() => {
      running = undefined;
    });
    return running;
  }

  return { send };
}

const visitOf = ({ id, code, at, relatives }: Queued) => ({ id, code, at, relatives });
