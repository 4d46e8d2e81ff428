import { type Area, type Areas, isArea } from '../../core/console/areas.ts';
import { type Role, roles } from '../../core/console/roles.ts';
import { qrLines } from '../../core/qr/qr-matrix.ts';
import { refusal, usageError } from '../../node/command-error.ts';
import { readChoice, readUrl } from '../../node/command-values.ts';
import { findByName, listOperators, type Operator, setDisabled } from '../operators/accounts.ts';
import { recordAct } from '../operators/act-log.ts';
import { openInvitations } from '../operators/invitations.ts';
import {
  type Invited,
  invitationLink,
  invite,
  isOperatorName,
  resetByLink,
} from '../operators/invite.ts';
import { endSessions } from '../operators/sessions.ts';
import { command, type Desk, minute, type Work } from './command.ts';
import { line } from './print.ts';

const options = {
  role: { type: 'string' },
  area: { type: 'string', multiple: true },
  url: { type: 'string' },
} as const;

/** Accounts of the console; the first one can only be made here: protocol 14. */
export const operators = command(
  `operators list
          who may work at the console: name, role, areas, how they sign in
  operators invite NAME --role ROLE --area AREA... --url HUB
          one-use link, as text and as a QR, by which NAME makes an account; good for 24 hours.
          ROLE: admin, supervisor, auditor or desk. AREA: all, site:ID or region:CODE, any number
          of them. --url is the hub as the browser reaches it
  operators reset NAME --url HUB
          one-use link for somebody who lost password, passkey or phone: what was before ends
          when it is used
  operators disable NAME
  operators enable NAME
          nobody signs in to this account any longer, and whoever is signed in is out; or again`,
  options,
  ['list, invite, reset, disable or enable', '[NAME]'],
  (values, [what, name]) => {
    if (what === 'list') return list;
    if (!name) throw usageError('say which NAME');
    switch (what) {
      case 'invite':
        return inviting(name, readRole(values.role), readAreas(values.area), hubOf(values.url));
      case 'reset':
        return resetting(name, hubOf(values.url));
      case 'disable':
      case 'enable':
        return switching(name, what === 'disable');
      default:
        throw usageError('operators list, invite, reset, disable or enable');
    }
  },
);

const hubOf = (url: string | undefined): string => readUrl('--url', url);
const readRole = (role: string | undefined): Role => readChoice('--role', role, roles);

function readAreas(given: readonly string[] | undefined): Areas {
  if (!given?.length) throw usageError('--area says where: all, site:ID or region:CODE');
  if (given.includes('all')) {
    if (given.length > 1) throw usageError('--area all stands alone');
    return 'all';
  }
  if (!given.every(isArea)) throw usageError('--area is all, site:ID or region:CODE');
  return given as readonly Area[];
}

const list: Work = async ({ sql, now }) => {
  const all = await listOperators(sql);
  const invitations = await openInvitations(sql, now);
  const say = [
    ...all.map(operatorLine),
    ...invitations.map(({ name, role, areas, expiresAt }) =>
      line(name, role, areasText(areas), `invited, until ${minute(expiresAt)}`),
    ),
  ];
  return {
    say: say.length > 0 ? say : ['there is no account yet: operators invite'],
    facts: {
      operators: all.map((one) => ({ ...one, disabledAt: one.disabledAt ?? null })),
      invitations,
    },
  };
};

const areasText = (areas: Areas): string =>
  areas === 'all' ? 'all' : areas.join(' ') || 'nowhere';

function operatorLine(one: Operator): string {
  const proofs = [
    ...(one.hasPassword ? ['password'] : []),
    ...(one.hasTotp ? ['code'] : []),
    ...(one.passkeys > 0 ? [`${one.passkeys} passkeys`] : []),
  ];
  const state = one.disabledAt === undefined ? [] : [`DISABLED ${minute(one.disabledAt)}`];
  return line(
    one.name,
    one.role,
    areasText(one.areas),
    proofs.join(' + ') || 'no way in',
    ...state,
  );
}

const acting = ({ sql, now, random }: Desk) => ({ sql, now, random, by: 'command-line' }) as const;

function inviting(name: string, role: Role, areas: Areas, hub: string): Work {
  if (!isOperatorName(name)) throw usageError('NAME is 1 to 64 characters, all to be seen');
  return async (desk) => {
    const invited = await invite(acting(desk), { name, role, areas });
    if (invited === 'name-taken')
      throw refusal('there is an account of this name: operators reset');
    return linkAnswer(hub, name, invited);
  };
}

function resetting(name: string, hub: string): Work {
  return async (desk) => {
    const invited = await resetByLink(acting(desk), name);
    if (invited === 'no-such-operator') throw refusal('no such account, or it is disabled');
    return linkAnswer(hub, name, invited);
  };
}

function linkAnswer(hub: string, name: string, { token, expiresAt }: Invited) {
  const link = invitationLink(hub, token);
  return {
    say: [qrLines(link), link, `for ${name}, once, until ${minute(expiresAt)}`],
    facts: { link, name, expiresAt },
  };
}

function switching(name: string, off: boolean): Work {
  return async ({ sql, now }) => {
    await sql.transaction(async (tx) => {
      const operator = (await findByName(tx, name))?.operator;
      if (!operator) throw refusal('no such account');
      await setDisabled(tx, operator.id, off ? now : null);
      if (off) await endSessions(tx, { operator: operator.id }, now);
      const act = off ? 'operator-disabled' : 'operator-enabled';
      const facts = { operator: operator.id, name: operator.name };
      await recordAct(tx, { at: now, by: 'command-line', act, facts });
    });
    return { say: [off ? 'disabled' : 'enabled'], facts: { name, disabled: off } };
  };
}
