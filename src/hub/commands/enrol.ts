import { toBase64url } from '../../core/base64url.ts';
import { sha256Hex } from '../../core/bytes.ts';
import { isClaimText } from '../../core/pass/claim-text.ts';
import { qrLines } from '../../core/qr/qr-matrix.ts';
import { venues } from '../../core/trust/venue-rule.ts';
import { epochMillis } from '../../core/units.ts';
import { usageError } from '../../node/command-error.ts';
import { readChoice, readCode, readGateId } from '../../node/command-values.ts';
import { codeBytes, codeLifeMs } from '../enrolment.ts';
import { addCode, type Gate } from '../store/devices.ts';
import { command, minute } from './command.ts';

const options = {
  gate: { type: 'string' },
  name: { type: 'string' },
  venue: { type: 'string' },
  region: { type: 'string' },
  url: { type: 'string', default: 'http://localhost:4600/' },
} as const;

/** Makes a one-use code for a device at a gate, good for ten minutes: protocol 4. */
export const enrol = command(
  `enrol --gate ID --name NAME --venue TYPE [--region R] [--url HUB]
          one-use code for a new device at this gate, as text and as a QR; good for 10 minutes.
          --url is the hub as the device reaches it (default http://localhost:4600/)`,
  options,
  [],
  (values) => {
    const gate = readGate(values);
    const hub = readUrl(values.url);
    return async ({ sql, now, random }) => {
      const code = toBase64url(random(codeBytes));
      const expiresAt = epochMillis(now + codeLifeMs);
      await addCode(sql, { sha256: await sha256Hex(code), gate, expiresAt });
      const link = enrolLink({ hub, code, gate: gate.id, venue: gate.venue });
      return {
        say: [qrLines(link), link, `until ${minute(expiresAt)}`],
        facts: { link, hub, code, gate, expiresAt },
      };
    };
  },
);

/**
 * What the QR says: `kakou:enrol#` and `hub`, `code`, `gate`, `venue` as in a URL's query. After
 * the `#`, so that no server is ever asked for it.
 */
export const enrolLink = (parts: Readonly<Record<'hub' | 'code' | 'gate' | 'venue', string>>) =>
  `kakou:enrol#${new URLSearchParams(parts)}`;

type GateOptions = {
  readonly [option in 'gate' | 'name' | 'venue' | 'region']?: string | undefined;
};

function readGate(values: GateOptions): Gate {
  const id = readGateId('--gate', values.gate);
  const { name = '', region } = values;
  if (!name || name.length > 120 || !isClaimText(name, 480) || name.trim() === '') {
    throw usageError('--name is what the guard reads, 1 to 120 long, all of it to be seen');
  }
  const venue = readChoice('--venue', values.venue, venues);
  return { id, name, venue, ...(region !== undefined && { region: readCode('--region', region) }) };
}

function readUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isPlain = url && /^https?:$/.test(url.protocol) && !url.username && !url.password;
  if (!isPlain) throw usageError('--url is the http(s) address of the hub');
  url.search = '';
  url.hash = '';
  return url.pathname === '/' ? url.origin : url.href;
}
