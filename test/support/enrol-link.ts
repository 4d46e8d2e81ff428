import type { Venue } from '../../src/core/trust/venue-rule.ts';
import { epochMillis } from '../../src/core/units.ts';
import { enrol } from '../../src/hub/commands/enrol/enrol.ts';
import type { runHub } from './running-hub.ts';

/** What the operator reads out or sends: a one-use code for a gate where temperatures are taken. */
export async function enrolLink(
  { sql, url }: Awaited<ReturnType<typeof runHub>>,
  { venue = 'workplace' as Venue } = {},
): Promise<string> {
  const gate = ['--gate', 'gate-7', '--name', '海河大厦南门', '--venue', venue];
  const command = enrol.read([...gate, '--region', 'CN-TJ', '--url', url]);
  const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));
  const { say } = await command.run({ sql, now: epochMillis(Date.now()), random });
  const link = say.find((line) => line.startsWith('kakou:enrol#'));
  if (link === undefined) throw new Error('the operator got no code');
  return link;
}
