import { Hono } from 'hono';
import { may } from '../../core/console/roles.ts';
import { addressOf } from '../../node/http/address.ts';
import { tokenBuckets } from '../../node/http/token-buckets.ts';
import { isOurPage, whereOf } from '../../node/http/where.ts';
import { problem, tooMany } from '../http/problem.ts';
import { defaultRates } from '../http/rate-limit.ts';
import type { Hub } from '../hub.ts';
import { PasswordsBusy } from '../operators/password.ts';
import { findSession, type Signed } from '../operators/sessions.ts';
import { holdsNul, type Row } from './asked.ts';
import { sessionCookie } from './cookie.ts';
import { demoDataRows } from './demo/demo-data.ts';
import { deskPassRows } from './desk-pass.ts';
import { phoneRows } from './devices/devices.ts';
import { entryRows } from './entries/entries.ts';
import { failingRows } from './failing.ts';
import { gateRows } from './gates/gates.ts';
import { siteRows } from './gates/sites.ts';
import { invitationRows } from './invitations.ts';
import { liveRows } from './live/day.ts';
import { heatRows } from './live/heat.ts';
import { operatorRows } from './operators.ts';
import { ownAccountRows } from './own-account.ts';
import { sessionRows } from './session.ts';
import { shiftRows } from './shifts/shifts.ts';

/** Every route of the console, each with whom it answers: protocol 14. */
export const consoleRows: readonly Row[] = [
  ...sessionRows,
  ...invitationRows,
  ...ownAccountRows,
  ...operatorRows,
  ...gateRows,
  ...siteRows,
  ...phoneRows,
  ...liveRows,
  ...entryRows,
  ...shiftRows,
  ...heatRows,
  ...deskPassRows,
  ...demoDataRows,
  ...failingRows,
];

/** The console's API, mounted under `/console/api`. */
export function consoleRoutes(hub: Hub): Hono {
  const take = tokenBuckets(hub.rates?.console ?? defaultRates.console, hub.clock.monotonic);
  const routes = new Hono();
  for (const row of consoleRows) {
    routes.on(row.method, row.path, async (context) => {
      const address = addressOf(context, hub.trustProxy ?? false);
      const waitS = address === undefined ? 0 : take(address);
      if (waitS > 0) return tooMany(context, waitS);
      if (holdsNul(context.req.url)) return problem(context, 'bad-shape');
      const where = whereOf(context, hub.trustProxy ?? false);
      if (!where.https && !where.local) return problem(context, 'not-secure');
      if (row.method !== 'GET' && !isOurPage(context, where)) return problem(context, 'cross-site');
      const now = hub.clock.wall();
      const asked = { context, hub, now };
      let signed: Signed | undefined;
      if (row.needs !== 'nobody') {
        const token = sessionCookie(context, where);
        signed =
          token === undefined ? undefined : await findSession(hub.sql, token, now, !row.idle);
        if (!signed) return problem(context, 'sign-in-needed');
        const isFree = row.needs === 'a-session' || may(signed.operator.role, row.needs);
        if (!isFree) return problem(context, 'not-allowed');
      }
      return row.handle(asked, signed).catch((thrown: unknown) => {
        if (thrown instanceof PasswordsBusy) return tooMany(context, 5);
        throw thrown;
      });
    });
  }
  return routes;
}
