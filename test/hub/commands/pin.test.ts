import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { publicHalf } from '../../../src/authority/keys.ts';
import { fromHex } from '../../../src/core/bytes.ts';
import { derivePin, readPinHash } from '../../../src/core/enrol/pin.ts';
import { openPinReset } from '../../../src/core/enrol/pin-reset.ts';
import { epochMillis } from '../../../src/core/units.ts';
import { demoKeys } from '../../../src/demo/demo-keys.ts';
import { commands } from '../../../src/hub/commands/commands.ts';
import { addCode } from '../../../src/hub/store/devices.ts';
import { databases } from '../../support/databases.ts';
import { testKey } from '../../support/log-entries.ts';
import { answerOf } from '../../support/run-command.ts';
import { enrolled, enrolToken, post, type TestHub, testHub } from '../../support/test-hub.ts';

const gate = [
  ...['--gate', 'east', '--name', '东门', '--venue', 'residential', '--url', 'https://hub.example'],
];

describe.each(databases)('the supervisors’ PIN on $name', ({ open }) => {
  let hub: TestHub;
  let folder: string;
  beforeAll(async () => {
    hub = await testHub(await open());
    folder = await mkdtemp(join(tmpdir(), 'kakou-pin-'));
  });
  afterAll(async () => {
    await hub.sql.close();
    await rm(folder, { recursive: true });
  });
  const file = async (text: string) => {
    const path = join(folder, 'pin');
    await writeFile(path, text);
    return path;
  };
  const enrolWith = async (...args: string[]) => {
    const { facts } = await answerOf(hub, 'enrol', [...gate, ...args]);
    return facts as { code: string };
  };

  it('goes to the phone with its enrolment as a hash, and nowhere in clear', async () => {
    const { code } = await enrolWith('--pin', await file('204815\n'));
    const key = await testKey();
    const answers = [];
    for (let time = 0; time < 2; time++) {
      const response = await post(hub, '/v1/devices', await enrolToken(code, key));
      answers.push((await response.json()) as { supervisor: unknown });
    }
    const [first, again] = answers;
    expect(again).toEqual(first); // the first answer may have been lost
    const pin = readPinHash(first?.supervisor);
    const salt = fromHex(pin?.salt ?? '');
    expect(salt && (await derivePin('204815', salt, pin?.rounds))).toBe(pin?.hash);
    const rows = await hub.sql.query('select * from enrol_codes');
    expect(JSON.stringify(rows)).not.toContain('204815');
    expect(hub.lines.join('')).not.toContain('204815');
    expect(hub.lines.join('')).not.toContain(pin?.hash);
  });

  it('is not told to whoever comes with a used code and another key', async () => {
    const { code } = await enrolWith('--pin', await file('204815'));
    await post(hub, '/v1/devices', await enrolToken(code, await testKey()));
    const other = await post(hub, '/v1/devices', await enrolToken(code, await testKey()));
    expect(await other.json()).toMatchObject({ code: 'code-used' });
    expect(JSON.stringify(await other.json().catch(() => ''))).not.toContain('supervisor');
  });

  it('is let go an hour after its code is over, and is absent where none was given', async () => {
    await enrolWith('--pin', await file('204815'));
    const later = epochMillis(hub.clock.wall() + 80 * 60_000);
    const place = { id: 'west', name: '西门', venue: 'residential' } as const;
    await addCode(hub.sql, { sha256: 'ab'.repeat(32), gate: place, expiresAt: later }, later);
    const kept = await hub.sql.query('select 1 from enrol_codes where pin is not null');
    expect(kept).toEqual([]);
    const { code } = await enrolWith();
    const response = await post(hub, '/v1/devices', await enrolToken(code, await testKey()));
    expect(Object.keys((await response.json()) as object).sort()).toEqual(['device', 'gate']);
  });

  it.each(['', '12345', '1234567890123', '12345a'])('is refused as “%s”', async (text) => {
    const path = await file(text);
    const read = () => commands.get('enrol')?.read([...gate, '--pin', path]);
    expect(read).toThrow('6 to 12 digits');
  });

  it('is reset by a code for one phone, signed with the receipt key, good for an hour', async () => {
    const device = await enrolled(hub);
    const { facts, say } = await answerOf(hub, 'pin-reset', [device.id, '--demo']);
    const { code } = facts as { code: string };
    const keys = [publicHalf(demoKeys().receipt)];
    const opened = await openPinReset(code, keys);
    expect(opened).toMatchObject({ ok: true, value: { device: device.id } });
    if (opened.ok) expect(opened.value.exp - opened.value.iat).toBe(3600);
    expect(say).toContain(code);
    await expect(answerOf(hub, 'pin-reset', ['nobody', '--demo'])).rejects.toThrow(
      'no such device',
    );
    await expect(answerOf(hub, 'pin-reset', [device.id])).rejects.toThrow('--hub-keys');
    await answerOf(hub, 'revoke', [device.id]);
    await expect(answerOf(hub, 'pin-reset', [device.id, '--demo'])).rejects.toThrow('revoked');
  });
});
