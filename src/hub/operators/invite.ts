import type { Areas } from '../../core/console/areas.ts';
import type { Role } from '../../core/console/roles.ts';
import { isClaimText } from '../../core/pass/claim-text.ts';
import type { Bytes, EpochMillis } from '../../core/units.ts';
import type { Sql } from '../../node/database.ts';
import type { Actor } from '../../node/store/act-log.ts';
import { findByName } from './accounts.ts';
import { recordAct } from './act-log.ts';
import { addInvitation } from './invitations.ts';

/** A name to sign in by: 1 to 64 characters, all to be seen, no blank at its ends. */
export const isOperatorName = (name: string): boolean =>
  name.length > 0 && name.length <= 64 && name.trim() === name && isClaimText(name, 200);

/** The page that takes the token; after the `#`, so that no server's log has it. */
export const invitationLink = (hub: string, token: string): string =>
  `${hub.replace(/\/$/, '')}/console/#invite=${token}`;

interface Inviting {
  readonly sql: Sql;
  readonly now: EpochMillis;
  readonly random: (length: number) => Bytes;
  readonly by: Actor;
}
export interface Invited {
  readonly token: string;
  readonly expiresAt: EpochMillis;
}

/** A link for somebody who has no account yet; `name-taken` when there is one of that name. */
export async function invite(
  { sql, now, random, by }: Inviting,
  { name, role, areas }: { name: string; role: Role; areas: Areas },
): Promise<Invited | 'name-taken'> {
  return sql.transaction(async (tx) => {
    if (await findByName(tx, name)) return 'name-taken';
    const invited = await addInvitation(tx, { name, role, areas }, now, random);
    const facts = { name, role, areas };
    await recordAct(tx, { at: now, by, act: 'operator-invited', facts });
    return invited;
  });
}

/** A link by which the owner of an account proves it anew; what proved it before goes when it is used. */
export async function resetByLink(
  { sql, now, random, by }: Inviting,
  name: string,
): Promise<Invited | 'no-such-operator'> {
  return sql.transaction(async (tx) => {
    const operator = (await findByName(tx, name))?.operator;
    if (!operator || operator.disabledAt !== undefined) return 'no-such-operator';
    const { id, role, areas } = operator;
    const link = { name: operator.name, role, areas, operator: id };
    const invited = await addInvitation(tx, link, now, random);
    const facts = { operator: id, name: operator.name };
    await recordAct(tx, { at: now, by, act: 'operator-reset', facts });
    return invited;
  });
}
