import type { EpochMillis } from '../core/units.ts';
import type { Sql } from '../node/database.ts';
import { describeError } from '../node/http/describe-error.ts';
import type { Issuing } from './authority.ts';
import { duePublication } from './publishing/cadence.ts';
import { type PublishNeeds, publishList } from './publishing/publish-list.ts';
import { nobody, type Recomputed, recomputeDue, settleSome, sum } from './standing/recompute.ts';
import { forgetVisits } from './store/forget.ts';

export interface UpkeepNeeds {
  readonly sql: Sql;
  readonly now: () => EpochMillis;
  readonly log: Issuing['log'];
  /** Left out: nobody here can sign a bundle, and revocations wait for the ceremony. */
  readonly publishing?: PublishNeeds;
  /** Says when the clock must not date anything that is signed. */
  readonly doubt: () => string | undefined;
  /** Milliseconds between two looks; default 5 s. */
  readonly everyMs?: number;
}

export interface Upkeep {
  /** Look soon: something is urgent. */
  nudge(): void;
  stop(): Promise<void>;
}

/** Rounds of work on everybody in a row before it looks whether something else is due. */
const roundsAtOnce = 20;

/** One look: ends that have come, people to be judged anew, a list to be published. */
export async function lookAfter(needs: UpkeepNeeds): Promise<Recomputed> {
  const { sql, now, publishing, log } = needs;
  let changed = await recomputeDue(sql, now());
  for (let round = 0; round < roundsAtOnce; round++) {
    const some = await settleSome(sql, now());
    if (!some) break;
    changed = sum(changed, some);
    if (some.urgent > 0) break;
  }
  if (changed.failed > 0) log.error({ persons: changed.failed }, 'rules fail for people');
  // a clock in doubt neither deletes nor signs
  if (needs.doubt() !== undefined) return changed;
  const visits = await forgetVisits(sql, now());
  if (visits > 0) log.info({ visits }, 'old visits deleted');
  if (!publishing) return changed;
  const due = await duePublication(sql, publishing.seat.issuer()?.list, now());
  if (due) {
    const { version, revoked } = await publishList(publishing, now());
    log.info({ due, version, revoked }, 'list published');
  }
  return changed;
}

/** Looks every few seconds until it is stopped; what fails is tried again with the next look. */
export function keepUp(needs: UpkeepNeeds): Upkeep {
  const everyMs = needs.everyMs ?? 5000;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<unknown> = Promise.resolve();
  let isStopped = false;

  function look(): void {
    timer = undefined;
    running = lookAfter(needs)
      .catch((error: Error) => {
        needs.log.error({ error: describeError(error) }, 'upkeep failed');
        return nobody;
      })
      // work on everybody goes on at once
      .then(({ persons }) => schedule(persons > 0 ? 0 : everyMs));
  }
  function schedule(ms: number): void {
    if (isStopped) return;
    clearTimeout(timer);
    timer = setTimeout(look, ms);
  }
  schedule(0);
  return {
    nudge() {
      if (timer) schedule(0);
    },
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
