import { toBase64url } from '../../core/base64url.ts';
import type { Queries } from '../../node/database.ts';
import { addOperator, clearProofs, findOperator, setPassword } from './accounts.ts';
import { recordAct } from './act-log.ts';
import { type InvitationProblem, takeInvitation } from './invitations.ts';
import { keepPasskey, type NewPasskey } from './passkeys.ts';
import { endSessions } from './sessions.ts';
import type { Door } from './sign-in.ts';

/** How the new owner will prove it: one of both. */
export type Proof =
  | { readonly password: string }
  | { readonly passkey: NewPasskey; readonly label: string; readonly operator: string };

/**
 * Uses an invitation up: a new account, or new proofs of one that was there, whose sessions end.
 * All of it or nothing. `passwordHash` is made before, so that no transaction waits for it.
 */
export function join(
  { sql, now, random }: Door,
  token: string,
  proof: Proof,
): Promise<
  { readonly id: string; readonly name: string } | InvitationProblem | 'name-taken' | 'bad-passkey'
> {
  const asked = sql.transaction(async (tx) => {
    const invitation = await takeInvitation(tx, token, now);
    if (typeof invitation === 'string') return invitation;
    const { name, role, areas, operator } = invitation;
    const fresh = 'operator' in proof ? proof.operator : toBase64url(random(16));
    const id = operator ?? fresh;
    if (operator === undefined) {
      const added = await addOperator(tx, { id, name, role, areas, password: null, at: now });
      if (!added) throw new Refused('name-taken');
    } else {
      const known = await findOperator(tx, operator);
      if (!known || known.disabledAt !== undefined) return 'invitation-unknown' as const;
      await clearProofs(tx, operator);
      await endSessions(tx, { operator }, now);
    }
    await prove(tx, id, proof, now);
    const by = { operator: id, name };
    const how = 'password' in proof ? 'password' : 'passkey';
    await recordAct(tx, { at: now, by, act: 'operator-joined', facts: { role, areas, how } });
    return { id, name };
  });
  return asked.catch((thrown: unknown) => {
    if (thrown instanceof Refused) return thrown.why;
    throw thrown;
  });
}

/** Thrown so that the transaction is undone and the invitation stays good. */
class Refused extends Error {
  readonly why: 'name-taken' | 'bad-passkey';
  constructor(why: 'name-taken' | 'bad-passkey') {
    super(why);
    this.why = why;
  }
}

async function prove(tx: Queries, id: string, proof: Proof, now: Door['now']): Promise<void> {
  if ('password' in proof) await setPassword(tx, id, proof.password);
  else if (!(await keepPasskey(tx, id, proof.passkey, proof.label, now)))
    throw new Refused('bad-passkey');
}
