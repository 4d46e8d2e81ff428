import { describe, expect, it } from 'vitest';
import { commands } from '../../src/hub/commands/commands.ts';
import { databases } from '../support/databases.ts';
import { someEntries } from '../support/log-entries.ts';
import { deskOf, runCommand } from '../support/run-command.ts';
import { batchOf, enrolled, post, type TestHub, testHub, upload } from '../support/test-hub.ts';

async function exported(hub: TestHub): Promise<{ device: string; seq: number }[]> {
  const lines: string[] = [];
  const emit = async (more: string) => void lines.push(more);
  await commands
    .get('export')
    ?.read(['--json'])
    .run({ ...deskOf(hub), emit });
  return lines
    .join('')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

describe.each(databases)('a city divided among two groups of hubs, a $name each', ({ open }) => {
  it('has every entry in one of two exports, once; a phone’s upload at the other group is refused, and waits', async () => {
    const groups = await Promise.all([open(), open()].map(async (sql) => testHub(await sql)));
    const [north, south] = groups;
    if (!north || !south) throw new Error('two groups');
    const phones = await Promise.all([north, north, south, south].map((hub) => enrolled(hub)));
    for (const [i, phone] of phones.entries())
      await upload(i < 2 ? north : south, phone, await someEntries(3, phone.id));

    const exports = await Promise.all(groups.map(exported));
    expect(exports.map((lines) => lines.length)).toEqual([6, 6]);
    const all = exports.flat().map(({ device, seq }) => `${device} ${seq}`);
    expect(all.sort()).toEqual(
      phones.flatMap(({ id }) => [1, 2, 3].map((n) => `${id} ${n}`)).sort(),
    );
    for (const hub of groups)
      expect(await runCommand(hub, 'verify-log', ['--demo'])).toMatch(/whole/);

    const [stray] = phones;
    if (!stray) throw new Error('a phone');
    const batch = await batchOf(stray, await someEntries(1, stray.id));
    const answer = await post(south, '/v1/scans', batch);
    expect([answer.status, await answer.json()]).toMatchObject([401, { code: 'unknown-device' }]);
    await Promise.all(groups.map(({ sql }) => sql.close()));
  });
});
