import type { Program } from '../../node/program.ts';
import { usage } from '../start/options.ts';
import type { HubCommand } from './command.ts';
import { devices, revoke } from './devices.ts';
import { enrol } from './enrol/enrol.ts';
import { exportEntries } from './export.ts';
import { forget } from './forget.ts';
import { gates } from './gates.ts';
import { missing } from './missing.ts';
import { operators } from './operators.ts';
import { pinReset } from './pin-reset.ts';
import { quarantine } from './quarantine.ts';
import { shifts } from './shifts.ts';
import { verifyLogs } from './verify-log.ts';

/** What the operator can do on the hub's database, by the word after `npm run hub --`. */
export const commands: ReadonlyMap<string, HubCommand> = new Map(
  Object.entries({
    enrol,
    devices,
    export: exportEntries,
    forget,
    gates,
    missing,
    operators,
    'pin-reset': pinReset,
    quarantine,
    revoke,
    shifts,
    'verify-log': verifyLogs,
  }),
);

/** `npm run hub`: the server, and with a word its commands. */
export const hubProgram: Program<HubCommand> = {
  name: 'hub',
  commands,
  everywhere: `--data DIR (default ./data) or DATABASE_URL is where the hub keeps its data; --json prints facts.
Exit code: 0 done, 1 refused, 64 usage, 69 no database, 70 internal.`,
  help: `${usage}

Commands, on the same data (--data DIR, DATABASE_URL), each with --json and --help:
${[...commands.values()].map(({ usage: own }) => `  ${own}`).join('\n')}
A hub that runs on this data does them itself, by a socket in its folder; with PostgreSQL they go
to the server. Without a hub they open the embedded database.
Exit code: 0 done, 1 refused, 2 not proven (verify-log), 64 usage, 69 no database, 70 internal.`,
};
