import type { BatchEntry } from '../../../core/log/batch.ts';
import type { LogHead } from '../../../core/log/entry.ts';
import { inTurn, type Queries, type Statement } from '../../../node/database.ts';
import { joined } from '../../../node/together.ts';
import type { SiteDevice } from '../devices.ts';
import type { Taken } from '../log-intake.ts';
import { type Flagged, headStatement, type Intake, scansStatement } from '../log-store.ts';
import { countAhead } from '../people/count-people.ts';
import { hoursStatements } from '../people/gate-hours.ts';
import { batchStatement } from '../proof/batches.ts';

/** Of a device that counted when it was last looked up. */
export interface OrderedIntake extends Intake {
  readonly trusted: true;
  /** Its gate as it was kept then. */
  readonly gateText: string;
}

export interface InOrder {
  readonly taken: Taken;
  readonly group: SiteDevice | undefined;
  /** Rows that what came afterwards gave back. */
  readonly found: number;
}

/** Nothing else is written unless the head was moved. */
const moved = 'exists (select 1 from s0)';
/** The sums last: their rows are those that others wait for. Read to the end, or PostgreSQL takes them first. */
const afterScans = '(select count(*) from s1) > 0';

const returning = ({ text, params }: Statement, column: string): Statement => ({
  text: `${text} returning ${column}`,
  params,
});

/**
 * Takes in a batch that follows what is held of its log, of a device that still counts and stands where it
 * stood: in one statement, all or nothing, what `takeIn` does with it in a transaction. Undefined, and
 * nothing is done, where anything is otherwise; the receipt made for it is thrown away. `afterwards` is asked
 * in the same round trip, when all of it is stored for good, and also where nothing was done.
 */
export async function takeInOrder(
  sql: Queries,
  intake: OrderedIntake,
  entries: readonly BatchEntry[],
  sign: (head: LogHead) => Promise<string>,
  afterwards: Statement,
): Promise<InOrder | undefined> {
  const { device, jws, gate } = intake;
  const [first, last] = [entries[0], entries.at(-1)];
  const stored = inOrder(entries);
  if (!first || !last || !stored) return undefined;
  const counts = countAhead(
    stored.flatMap(({ entry }) => (entry ? [{ entry, trusted: true }] : [])),
    gate,
  );
  if (!counts) return undefined;
  const receipt = await sign(last);
  const otherGate = stored.filter(({ entry }) => entry?.gate !== gate).length;
  const none = { untrusted: 0, unkept: 0 };
  const marks = { otherGate, ...none, last: last.seq, heardAt: intake.receivedAt };
  const head = headStatement(device, { ...last, receipt }, marks, follows(intake, first, last.seq));
  const [rows = [], found = []] = await inTurn(sql, [
    joined([
      returning(head, 'device'),
      returning(scansStatement(intake, stored, counts.columns, moved), 'seq'),
      batchStatement(device, { first: first.seq, last: last.seq, jws }, moved),
      ...hoursStatements(counts.hours, afterScans),
      {
        text: `select g.id as gate, g.site from s0 join devices d on d.id = s0.device
       left join gates g on g.id = d.gate_id and g.site is not null and g.closed_at is null`,
        params: [],
      },
    ]),
    afterwards,
  ]);
  const [row] = rows as readonly { readonly gate: string | null; readonly site: string | null }[];
  if (!row) return undefined;
  const results = stored.map(({ seq }) => ({ seq, result: 'stored' }) as const);
  const { gate: siteGate, site } = row;
  return {
    taken: { results, alarms: [], otherGate, receipt },
    group: siteGate === null || site === null ? undefined : { device, gate: siteGate, site },
    found: found.length,
  };
}

/** Good ones, each the follower of the one before; undefined when they are not. */
function inOrder(entries: readonly BatchEntry[]): Flagged[] | undefined {
  const isNext = ({ seq, prev, problem }: BatchEntry, i: number) => {
    const before = entries[i - 1];
    return !problem && (!before || (seq === before.seq + 1 && prev === before.hash));
  };
  return entries.every(isNext) ? entries.map((entry) => ({ ...entry, flag: null })) : undefined;
}

/**
 * The head is where the batch goes on, nothing is stored behind it, nothing lies in quarantine there, and the
 * device is as it was. Every batch that changes anything leaves another receipt: when one came in since
 * this statement began, the row it waited for has another than the statement sees, and is let be.
 */
function follows({ gateText }: OrderedIntake, first: BatchEntry, last: number) {
  return {
    text: `seq = $10::bigint - 1 and hash = $11 and last_seq < $10::bigint
       and receipt = (select h.receipt from device_heads h where h.device = $1)
       and not exists (select 1 from quarantine q
         where q.device = $1 and q.seq between $10::bigint - 1 and $12::bigint + 1)
       and exists (select 1 from devices d
         where d.id = $1 and d.revoked_at is null and d.gate = $13)`,
    params: [first.seq, first.prev, last, gateText],
  };
}
