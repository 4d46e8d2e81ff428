import type { HubCommand } from './command.ts';
import { devices, revoke } from './devices.ts';
import { enrol } from './enrol.ts';
import { forget } from './forget.ts';
import { gates } from './gates.ts';
import { missing } from './missing.ts';
import { quarantine } from './quarantine.ts';
import { shifts } from './shifts.ts';
import { verifyLogs } from './verify-log.ts';

/** What the operator can do on the hub's database, by the word after `npm run hub --`. */
export const commands: ReadonlyMap<string, HubCommand> = new Map(
  Object.entries({
    enrol,
    devices,
    forget,
    gates,
    missing,
    quarantine,
    revoke,
    shifts,
    'verify-log': verifyLogs,
  }),
);

export const commandsUsage = `Commands, on the same data (--data DIR, DATABASE_URL):
${[...commands.values()].map(({ usage }) => `  ${usage}`).join('\n')}
The embedded database takes one process at a time: stop the hub first, or use PostgreSQL.`;
