import { toBase64url } from '../../../core/base64url.ts';
import { sha256Hex } from '../../../core/bytes.ts';
import { hashPin, isPin, type PinHash } from '../../../core/enrol/pin.ts';
import { qrLines } from '../../../core/qr/qr-matrix.ts';
import { type EpochMillis, epochMillis } from '../../../core/units.ts';
import { refusal, usageError } from '../../../node/command-error.ts';
import { readUrl } from '../../../node/command-values.ts';
import { isLoopback } from '../../../node/http/loopback.ts';
import type { Answer } from '../../../node/program.ts';
import type { ReadFile } from '../../../node/read-files.ts';
import { codeBytes, codeLifeMs, enrolLink } from '../../enrolment.ts';
import { addCode, type Gate } from '../../store/devices.ts';
import { knownGates } from '../../store/gates.ts';
import { noteAct } from '../act.ts';
import { command, type Desk, minute, type Reached, type Watch } from '../command.ts';
import { gateColumns, readGate, readGates, refuseOthers } from './gate-list.ts';
import { watchCodes } from './watch-codes.ts';

const options = {
  gate: { type: 'string' },
  name: { type: 'string' },
  venue: { type: 'string' },
  region: { type: 'string' },
  gates: { type: 'string' },
  url: { type: 'string' },
  replace: { type: 'boolean' },
  pin: { type: 'string' },
  watch: { type: 'boolean' },
  json: { type: 'boolean' },
} as const;

/** Makes one-use codes for devices at gates, good for ten minutes: protocol 4. */
export const enrol = command(
  `enrol --gate ID --name NAME --venue TYPE [--region R] --url HUB [--replace] [--pin FILE] [--watch]
  enrol --gates FILE.csv --url HUB [--replace] [--pin FILE] [--watch]
          one-use code for a new device at this gate, or at each gate of a CSV file
          (gate,name,venue,region), as text and as a QR; good for 10 minutes.
          --url is the hub as the device reaches it. --replace: the gate of that id gets
          another name, venue or region. --pin: the supervisors' PIN for these phones, 6 to 12
          digits in a file, or typed after --pin - ; it is kept and sent as a hash. --watch: wait until the codes are used, and say the
          six digits of each phone`,
  options,
  [],
  (values, _, readFile) => {
    const { gates: file, replace = false, watch: wantsWatch = false, json = false } = values;
    if (wantsWatch && json) throw usageError('--watch speaks to people: leave --json out');
    const one = file === undefined ? readGate(values) : undefined;
    const isBoth = file !== undefined && gateColumns.some((column) => values[column] !== undefined);
    if (isBoth) throw usageError('--gates takes the place of --gate, --name, --venue, --region');
    const gates = one ? [one] : readGates(file ?? '', readFile);
    const hub = readUrl('--url', values.url);
    const pin = values.pin === undefined ? undefined : readPin(values.pin, readFile);
    return async (desk) => {
      if (wantsWatch && !desk.watch) throw refusal(noWatch);
      refuseUnreached(hub, desk.reached);
      const ids = gates.map(({ id }) => id);
      if (!replace) refuseOthers(gates, await knownGates(desk.sql, ids));
      // of one PIN one hash: who has several phones of it has learnt nothing more
      const hash = pin === undefined ? undefined : await hashPin(pin, desk.random(16));
      const codes = await makeCodes(desk, hub, gates, hash);
      const answer = answerOf(hub, codes, one !== undefined);
      return wantsWatch && desk.watch ? watched(desk, desk.watch, answer, codes) : answer;
    };
  },
);

const noWatch =
  'nobody can enrol while this command holds the embedded database: start the hub first, and it is the hub that waits';

interface Code {
  readonly link: string;
  readonly hub: string;
  readonly code: string;
  readonly gate: Gate;
  readonly expiresAt: EpochMillis;
  readonly sha256: string;
}

async function makeCodes(
  desk: Desk,
  hub: string,
  gates: readonly Gate[],
  pin: PinHash | undefined,
): Promise<Code[]> {
  const expiresAt = epochMillis(desk.now + codeLifeMs);
  const codes: Code[] = [];
  await desk.sql.transaction(async (tx) => {
    for (const gate of gates) {
      const code = toBase64url(desk.random(codeBytes));
      const sha256 = await sha256Hex(code);
      await addCode(tx, { sha256, gate, expiresAt, ...(pin && { pin }) }, desk.now);
      const link = enrolLink({ hub, code, gate: gate.id, venue: gate.venue });
      codes.push({ link, hub, code, gate, expiresAt, sha256 });
    }
    const facts = { gates: gates.map(({ id }) => id), paper: false, pin: pin !== undefined };
    await noteAct(tx, desk, 'code-made', facts);
  });
  return codes;
}

function answerOf(hub: string, codes: readonly Code[], isOne: boolean): Answer {
  const until = codes[0] ? [`until ${minute(codes[0].expiresAt)}`] : [];
  const named = ({ gate, link }: Code) => [
    ...(isOne ? [] : ['', `${gate.id}  ${gate.name}`]),
    qrLines(link),
    link,
  ];
  const facts = codes.map(({ sha256: _, ...said }) => said);
  return {
    say: [...codes.flatMap(named), ...until, ...whoReaches(hub)],
    facts: isOne ? facts[0] : { codes: facts },
  };
}

async function watched(
  { sql, now }: Desk,
  watch: Watch,
  answer: Answer,
  codes: readonly Code[],
): Promise<Answer> {
  watch.tell(answer.say);
  const out = codes.map(({ sha256, gate }) => ({ sha256, gate: gate.id }));
  const used = await watchCodes(sql, watch, out, codes[0]?.expiresAt ?? now);
  return { say: [`${used} of ${codes.length} codes used`], facts: { used } };
}

/** What the running hub knows to be wrong: the phone would never reach it there. */
function refuseUnreached(hub: string, reached: Reached | undefined): void {
  const { hostname, protocol } = new URL(hub);
  if (reached?.byOthers && isLoopback(hostname))
    throw refusal(
      `--url ${hub} is this machine alone, and this hub listens for others: say with --url the address at which phones reach it`,
    );
  if (reached?.byTls && protocol === 'http:')
    throw refusal('this hub speaks https alone: say --url with https');
}

/** A code that leads nowhere is found out at the gate, by somebody who cannot mend it. */
function whoReaches(hub: string): string[] {
  const { hostname, protocol } = new URL(hub);
  if (isLoopback(hostname))
    return [`NOTE: ${hostname} is this machine alone (a phone reaches it by adb reverse only)`];
  return protocol === 'http:'
    ? ['NOTE: phones open no camera over http: use the https address']
    : [];
}

/** Not as a word of the command line, which every process of the machine can read. */
function readPin(file: string, readFile: ReadFile): string {
  let text: string;
  try {
    text = readFile(file).toString('utf8');
  } catch {
    throw usageError('--pin: the file cannot be read');
  }
  const pin = text.trim();
  if (!isPin(pin)) throw usageError('--pin: a PIN is 6 to 12 digits');
  return pin;
}
