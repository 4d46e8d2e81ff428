import { join } from 'node:path';
import { run } from '../../../src/authority/ceremony/commands/run.ts';
import { seeded } from '../../fuzz/mutations.ts';

const issuer = 'CN-TJ';
const dayMs = 24 * 3_600_000;

/** The authority of a city in a folder, its list as long as the city has holders, one in a hundred revoked. */
export async function cityAuthority(parent: string, holders: number, seed: number) {
  const dir = join(parent, 'authority');
  async function keys(line: string, atMs: number): Promise<void> {
    const said: string[] = [];
    const say = (text: string) => void said.push(text);
    const args = [...line.split(' '), '--dir', dir];
    const code = await run(args, { out: say, err: say, clock: () => atMs });
    if (code !== 0) throw new Error(said.join('\n'));
  }
  const random = seeded(seed);
  const revoked = new Set<number>();
  while (revoked.size < holders / 100) revoked.add(random(holders));
  // the list of yesterday, so that today's is another file
  const yesterday = Date.now() - dayMs;
  await keys('init', yesterday);
  await keys(
    `add-issuer --issuer ${issuer} --scheme tianjin --name 天津 --size ${holders}`,
    yesterday,
  );
  await keys(`revoke --issuer ${issuer} --index ${[...revoked].join(',')}`, yesterday);
  await keys(`publish-list --issuer ${issuer}`, yesterday);
  await keys('publish', yesterday);
  const listOf = (atMs: number) =>
    `/v1/lists/${issuer}/${new Date(atMs).toISOString().slice(0, 10)}`;

  return {
    trust: join(dir, 'public'),
    hubKeys: join(dir, 'private', 'hub.json'),
    list: () => listOf(Date.now()),
    delta: `/v1/deltas/${issuer}`,
    /** Signs the list of today with 10,000 changes over it, and names both in a new bundle. */
    async publishToday(): Promise<void> {
      await keys(`publish-list --issuer ${issuer}`, Date.now());
      const changed = new Set<number>();
      while (changed.size < 10_000) changed.add(random(holders));
      await keys(`revoke --issuer ${issuer} --index ${[...changed].join(',')}`, Date.now());
      await keys(`publish-delta --issuer ${issuer}`, Date.now());
      await keys('publish', Date.now());
    },
  };
}
export type CityAuthority = Awaited<ReturnType<typeof cityAuthority>>;
