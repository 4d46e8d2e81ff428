import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { entryHash } from '../../../src/core/log/chain.ts';
import type { LogEntry } from '../../../src/core/log/entry.ts';
import { canonicalJson } from '../../../src/core/log/jcs.ts';
import { demoAuthority } from '../../../src/demo/demo-authority.ts';
import { demoKeys } from '../../../src/demo/demo-keys.ts';
import { revokeDevice } from '../../../src/hub/store/devices.ts';
import { beginProofs } from '../../../src/hub/store/proof/begin-proofs.ts';
import { verifyLog } from '../../../src/hub/store/proof/verify-log.ts';
import type { Sql } from '../../../src/node/database.ts';
import { databases } from '../../support/databases.ts';
import { someEntries, someScan, testKey } from '../../support/log-entries.ts';
import {
  enrolled,
  type TestDevice,
  type TestHub,
  testHub,
  upload,
} from '../../support/test-hub.ts';

const keys = [demoKeys().receipt.jwk];
/** The script of somebody who may do anything to the database and holds no key. */
type Script = (at: Scene) => Promise<unknown>;
interface Scene {
  readonly sql: Sql;
  readonly hub: TestHub;
  readonly device: TestDevice;
  readonly entries: readonly LogEntry[];
  /** Another device, with a log of its own. */
  readonly other: TestDevice;
  /** The receipt after the first four entries. */
  readonly oldReceipt: string;
}

const sqlScript =
  (...statements: readonly string[]): Script =>
  async ({ sql, device }) => {
    for (const statement of statements) await sql.query(statement, [device.id]);
  };

/** From `from` on every entry written anew with good hashes; `change` says what becomes of it. */
async function rewrite({ sql, device, entries }: Scene, from: number, change: object) {
  let head = entries[from - 2]?.hash ?? '0'.repeat(64);
  for (const entry of entries.slice(from - 1)) {
    const anew = { ...entry, ...(entry.seq === from ? change : {}), prev: head };
    const hash = (await entryHash(anew)) ?? '';
    const text = canonicalJson({ ...anew, hash });
    await sql.query(
      'update scans set entry = $3, prev = $4, hash = $5 where device = $1 and seq = $2',
      [device.id, entry.seq, text, head, hash],
    );
    head = hash;
  }
  await sql.query('update device_heads set hash = $2 where device = $1', [device.id, head]);
}

const stopToPass = { state: 'pass', reason: 'admitted' };
const dropBatches = 'delete from batches where device = $1';
const cutTail = [
  'delete from scans where device = $1 and seq > 4',
  'delete from batches where device = $1 and first_seq > 4',
];

/** Tampering × answer: what was done, where it is found, and what it is called. */
const table: readonly (readonly [string, number, string, Script])[] = [
  [
    'a stop is made a pass, with its hash and all behind it computed anew',
    5,
    'rewritten',
    (scene) => rewrite(scene, 5, stopToPass),
  ],
  [
    'the same, with what the device signed thrown away',
    1,
    'unsigned',
    async (scene) => {
      await rewrite(scene, 5, stopToPass);
      await scene.sql.query(dropBatches, [scene.device.id]);
    },
  ],
  [
    'the same, with the receipt thrown away too',
    9,
    'no-receipt',
    async (scene) => {
      await rewrite(scene, 5, stopToPass);
      await scene.sql.query('update device_heads set receipt = null where device = $1', [
        scene.device.id,
      ]);
    },
  ],
  [
    'one text of an entry is edited in place',
    5,
    'hash',
    sqlScript(
      `update scans set entry = replace(entry, '"stop"', '"pass"') where device = $1 and seq = 5`,
    ),
  ],
  [
    'the last entry alone is written anew',
    9,
    'rewritten',
    (scene) => rewrite(scene, 9, { ageS: 77 }),
  ],
  ['the tail is cut', 5, 'cut', sqlScript(cutTail[0] ?? '')],
  ['the tail is cut with what the device signed', 5, 'cut', sqlScript(...cutTail)],
  [
    'the tail is cut and an older receipt of the hub put in',
    5,
    'cut',
    async ({ sql, device, oldReceipt }) => {
      await sql.query(cutTail[0] ?? '', [device.id]);
      await sql.query('update device_heads set receipt = $2, seq = 4 where device = $1', [
        device.id,
        oldReceipt,
      ]);
    },
  ],
  [
    'an older receipt alone is put in',
    4,
    'receipt',
    ({ sql, device, oldReceipt }) =>
      sql.query('update device_heads set receipt = $2 where device = $1', [device.id, oldReceipt]),
  ],
  ['the front is cut', 1, 'missing', sqlScript('delete from scans where device = $1 and seq < 4')],
  [
    'the front is cut with what the device signed',
    4,
    'gap',
    sqlScript('delete from scans where device = $1 and seq < 4', dropBatches),
  ],
  [
    'the front is cut and called forgotten',
    1,
    'front',
    async ({ sql, device, entries }) => {
      await sql.query('delete from scans where device = $1 and seq <= 4', [device.id]);
      await sql.query('delete from batches where device = $1 and first_seq <= 4', [device.id]);
      await sql.query(
        'update device_heads set forgotten_seq = 4, forgotten_hash = $2 where device = $1',
        [device.id, entries[3]?.hash],
      );
    },
  ],
  [
    'the middle is dropped',
    4,
    'missing',
    sqlScript('delete from scans where device = $1 and seq between 4 and 6'),
  ],
  [
    'the middle is dropped and the rest chained over it',
    6,
    'missing',
    async ({ sql, device, entries }) => {
      await sql.query('delete from scans where device = $1 and seq = 6', [device.id]);
      await sql.query('update scans set prev = $2 where device = $1 and seq = 7', [
        device.id,
        entries[4]?.hash,
      ]);
    },
  ],
  [
    'the receipt is removed',
    9,
    'no-receipt',
    sqlScript('update device_heads set receipt = null where device = $1'),
  ],
  [
    'the receipt is edited',
    9,
    'receipt',
    sqlScript(
      `update device_heads set receipt = replace(receipt, 'payload":"ey', 'payload":"eY') where device = $1`,
    ),
  ],
  [
    'the row of receipt and head is removed',
    9,
    'no-receipt',
    sqlScript('delete from device_heads where device = $1'),
  ],
  [
    'the receipt of another device is put in',
    9,
    'receipt',
    ({ sql, device, other }) =>
      sql.query(
        `update device_heads set receipt = (select receipt from device_heads where device = $2)
         where device = $1`,
        [device.id, other.id],
      ),
  ],
  [
    'the key of the device is swapped',
    0,
    'key',
    async ({ sql, device }) =>
      sql.query('update devices set jwk = $2 where id = $1', [
        device.id,
        JSON.stringify((await testKey()).jwk),
      ]),
  ],
  [
    'the key is swapped, and what it signed put in the place of what was signed',
    0,
    'key',
    async (scene) => {
      const { sql, device, entries } = scene;
      const thief = await testKey();
      await sql.query(dropBatches, [device.id]);
      await sql.query('delete from scans where device = $1', [device.id]);
      await sql.query('delete from device_heads where device = $1', [device.id]);
      const jwk = JSON.stringify(thief.jwk);
      await sql.query('update devices set jwk = $2 where id = $1', [device.id, jwk]);
      // by a hub started since: one that knew the device holds it to the key it had
      await upload(await testHub(sql), { ...device, key: thief }, entries);
    },
  ],
  [
    'the hub’s word on the device is removed',
    0,
    'record',
    sqlScript('update devices set record = null where id = $1'),
  ],
  [
    'the hub’s word on another device is put in',
    0,
    'record',
    ({ sql, device, other }) =>
      sql.query(
        'update devices set record = (select record from devices where id = $2) where id = $1',
        [device.id, other.id],
      ),
  ],
  [
    'the device is moved to another gate',
    0,
    'gate',
    sqlScript(`update devices set gate = replace(gate, 'demo-gate', 'gate-1') where id = $1`),
  ],
  [
    'entries are swapped between devices',
    4,
    'rewritten',
    async ({ sql, device, other }) => {
      const columns = 'entry, prev, hash, at, shift, gate, type';
      const rows = await sql.query<Record<string, unknown>>(
        `select ${columns} from scans where seq = 4 and device in ($1, $2) order by device = $1`,
        [device.id, other.id],
      );
      for (const [i, id] of [device.id, other.id].entries()) {
        const { entry, prev, hash } = rows[i] ?? {};
        await sql.query(
          'update scans set entry = $2, prev = $3, hash = $4 where device = $1 and seq = 4',
          [id, entry, prev, hash],
        );
      }
    },
  ],
  [
    'an entry that nobody signed is put behind the end',
    10,
    'unsigned',
    async ({ sql, device, entries }) => {
      const last = entries.at(-1);
      const head = { seq: last?.seq ?? 0, hash: last?.hash ?? '' };
      const [more] = await someEntries(1, device.id, head);
      await sql.query(
        `insert into scans (device, trusted, received_at, seq, at, shift, gate, type, prev, hash, entry)
         select device, trusted, received_at, $2, $3, shift, gate, type, $4, $5, $6
         from scans where device = $1 and seq = 9`,
        [device.id, more?.seq, more?.at, more?.prev, more?.hash, canonicalJson(more)],
      );
    },
  ],
  [
    'a batch is edited',
    5,
    'signature',
    sqlScript(
      `update batches set jws = set_byte(jws, 40, get_byte(jws, 40) # 1) where device = $1 and first_seq = 5`,
    ),
  ],
  [
    'an entry in quarantine is called dropped that was good',
    6,
    'missing',
    async ({ sql, device, entries }) => {
      await sql.query('delete from scans where device = $1 and seq = 6', [device.id]);
      await sql.query(
        `insert into quarantine (device, seq, entry_sha256, received_at, reason, trusted, prev, hash, entry, dropped)
         values ($1, 6, 'x', 1, 'shape', true, $2, $3, '', 'too much')`,
        [device.id, entries[5]?.prev, entries[5]?.hash],
      );
    },
  ],
  [
    'a column is edited that the shifts are counted by',
    5,
    'row',
    sqlScript(`update scans set type = 'export' where device = $1 and seq = 5`),
  ],
  ...(
    [
      ['reason', "'admitted'"],
      ['issuer', 'null'],
      ['jti', "'AAAAAAAAAAAAAAAA'"],
      ['outcome', "'admitted'"],
      ['end_state', "'pass'"],
      ['end_reason', 'null'],
      ['root', '2'],
      ['counted', 'false'],
    ] as const
  ).map(
    ([column, value]) =>
      [
        `the column ${column} is edited that the console counts or searches by`,
        5,
        'row',
        sqlScript(`update scans set ${column} = ${value} where device = $1 and seq = 5`),
      ] as const,
  ),
  [
    'all entries are deleted',
    1,
    'cut',
    sqlScript('delete from scans where device = $1', dropBatches),
  ],
];

describe.each(databases)('a log that was tampered with in $name', ({ open }) => {
  let sql: Sql;
  let hub: TestHub;
  beforeAll(async () => {
    sql = await open();
    hub = await testHub(sql);
    const authority = await demoAuthority({ now: () => 1_646_121_600 as never });
    await beginProofs(sql, authority.signDevice, hub.clock.wall());
  });
  afterAll(() => sql.close());

  /** Nine entries in two uploads, the fifth a stop; another device with as many. */
  async function scene(): Promise<Scene> {
    const [device, other] = [await enrolled(hub), await enrolled(hub)];
    const headOf = (list: readonly LogEntry[]) => {
      const last = list.at(-1);
      return { seq: last?.seq ?? 0, hash: last?.hash ?? '' };
    };
    const front = await someEntries(4, device.id);
    const stop = { ...someScan, state: 'stop', reason: 'colour-stop' } as typeof someScan;
    const fifth = await someEntries(1, device.id, headOf(front), stop);
    const back = [...fifth, ...(await someEntries(4, device.id, headOf(fifth)))];
    const oldReceipt = (await upload(hub, device, front)).receipt;
    hub.clock.tick(1000);
    await upload(hub, device, back);
    await upload(hub, other, await someEntries(9, other.id));
    return { sql, hub, device, other, entries: [...front, ...back], oldReceipt };
  }

  it('is whole while nobody did anything', async () => {
    const { device } = await scene();
    expect(await verifyLog(sql, device.id, keys)).toMatchObject({
      ...{ entries: 9, unsigned: 0, lacks: [], findings: [] },
    });
  });

  it.each(table)('because %s is named at entry %i: %s', async (_, at, problem, script) => {
    const at_ = await scene();
    await script(at_);
    const { findings, lacks } = await verifyLog(sql, at_.device.id, keys);
    expect(findings).toContainEqual({ at, problem });
    expect(lacks).toEqual([]);
  });

  it.each(table.filter(([, , problem]) => !['record', 'key', 'gate', 'front'].includes(problem)))(
    'because %s is broken without keys too',
    async (_, _at, _problem, script) => {
      const at_ = await scene();
      await script(at_);
      const { problem, lacks } = await verifyLog(sql, at_.device.id);
      expect([problem === undefined, lacks]).toEqual([false, ['keys']]);
    },
  );

  it('and emptied down to the device is never whole: nothing there is no proof', async () => {
    const { device } = await scene();
    for (const from of ['scans', 'batches', 'device_heads'])
      await sql.query(`delete from ${from} where device = $1`, [device.id]);
    expect(await verifyLog(sql, device.id, keys)).toMatchObject({ lacks: ['entries'] });
  });

  it('after entries came behind a gap, where no receipt reaches, is named by the signatures', async () => {
    const device = await enrolled(hub);
    const entries = await someEntries(9, device.id);
    await upload(hub, device, [...entries.slice(0, 2), ...entries.slice(5)]);
    const before = await verifyLog(sql, device.id, keys);
    expect(before.findings).toEqual([{ at: 6, problem: 'gap' }]);
    await rewrite({ sql, device, entries } as unknown as Scene, 7, { ageS: 78 });
    const { findings } = await verifyLog(sql, device.id, keys);
    expect(findings).toContainEqual({ at: 7, problem: 'rewritten' });
  });

  it('is not so because one device was revoked, forked its log, or sent it twice', async () => {
    const { device, entries } = await scene();
    await upload(hub, device, entries);
    expect((await verifyLog(sql, device.id, keys)).findings).toEqual([]);
    const head = { seq: 4, hash: entries[3]?.hash ?? '' };
    const rival = await someEntries(1, device.id, head, { ...someScan, ageS: 9 } as never);
    await upload(hub, device, rival);
    await revokeDevice(sql, device.id, hub.clock.wall());
    expect((await verifyLog(sql, device.id, keys)).findings).toEqual([{ at: 5, problem: 'fork' }]);
    await sql.query('delete from quarantine where device = $1', [device.id]);
    expect((await verifyLog(sql, device.id, keys)).findings).toEqual([
      { at: 5, problem: 'missing' },
    ]);
  });
});

describe.each(databases)('logs of before signatures were kept, in $name', ({ open }) => {
  it('are taken over once, called unsigned and not forged; what comes later must be signed', async () => {
    const sql = await open();
    const hub = await testHub(sql);
    const authority = await demoAuthority({ now: () => 1_646_121_600 as never });
    const [device, idle] = [await enrolled(hub), await enrolled(hub)];
    const entries = await someEntries(9, device.id);
    await upload(hub, device, entries.slice(0, 6));
    // as the first version left it
    await sql.query('delete from batches');
    await sql.query('update devices set record = null');
    expect(await verifyLog(sql, device.id, keys)).toMatchObject({
      ...{ entries: 6, unsigned: 6, lacks: ['record'], findings: [] },
    });
    const begin = () => beginProofs(sql, authority.signDevice, hub.clock.wall());
    expect(await begin()).toBe(2);
    expect(await verifyLog(sql, device.id, keys)).toMatchObject({
      ...{ entries: 6, unsigned: 6, lacks: [], findings: [] },
    });
    await upload(hub, device, entries.slice(4));
    expect(await verifyLog(sql, device.id, keys)).toMatchObject({
      ...{ entries: 9, unsigned: 4, lacks: [], findings: [] },
    });
    await sql.query('delete from batches');
    const bare = await verifyLog(sql, device.id, keys);
    expect(bare.problem).toEqual({ at: 7, problem: 'unsigned' });
    // a key swapped later is not signed at the next start
    await sql.query('update devices set record = null, jwk = $2 where id = $1', [
      idle.id,
      JSON.stringify((await testKey()).jwk),
    ]);
    expect(await begin()).toBeUndefined();
    expect((await verifyLog(sql, idle.id, keys)).problem).toEqual({ at: 0, problem: 'record' });
    await sql.close();
  });
});
