import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fromHex } from '../../../src/core/bytes.ts';
import { derivePin } from '../../../src/core/enrol/pin.ts';
import { toSeconds } from '../../../src/core/units.ts';
import { type ConsoleClient, joined } from '../../support/console-client.ts';
import { databases } from '../../support/databases.ts';
import { type TestHub, testHub } from '../../support/test-hub.ts';

const gate = { id: 'east', name: '东门', venue: 'transit', region: 'CN-TJ', direction: 'in' };
const settings = { rapid: true, passBackS: 600, language: 'zh-TW' };

describe.each(databases)('settings of a gate in the console on $name', ({ open }) => {
  let hub: TestHub;
  let admin: ConsoleClient;
  let elsewhere: ConsoleClient;
  let doubt: string | undefined;
  beforeAll(async () => {
    hub = await testHub(await open(), { signing: { doubt: () => doubt } });
    admin = await joined(hub, 'admin');
    elsewhere = await joined(hub, 'elsewhere', 'supervisor', ['region:CN-HE']);
  });
  afterAll(() => hub.sql.close());

  const look = async (id = 'east') => (await admin.get(`/gates?search=${id}`)).body.gates[0] ?? {};
  const change = async (more: object, client = admin, version?: number) =>
    client.put('/gates/east', {
      ...{ version: version ?? (await look()).version, closed: false, gate, ...more },
    });
  const newestActs = async (count: number) =>
    (await admin.get('/acts')).body.acts
      .slice(0, count)
      .map(({ act, facts }: { act: string; facts: object }) => ({ act, facts }));

  it('are kept with a new gate, and dated', async () => {
    const came = await admin.post('/gates', { ...gate, settings });
    expect([came.status, came.body]).toEqual([
      201,
      { ...gate, settings, settingsIat: toSeconds(hub.clock.wall()), version: 1, devices: 0 },
    ]);
    expect(await newestActs(2)).toEqual([
      { act: 'gate-settings-changed', facts: { gate: 'east', ...settings } },
      expect.objectContaining({ act: 'gate-added' }),
    ]);
  });

  it('stay as they are, with their date, where nothing is said of them or nothing changes', async () => {
    const { settingsIat } = await look();
    hub.clock.tick(60_000);
    expect((await change({ gate: { ...gate, name: '东一门' } })).body).toMatchObject({
      settings,
      settingsIat,
      name: '东一门',
    });
    await change({ settings: { language: 'zh-TW', passBackS: 600, rapid: true } });
    expect((await look()).settingsIat).toBe(settingsIat);
    expect(await newestActs(1)).toEqual([expect.objectContaining({ act: 'gate-changed' })]);
  });

  it('are unset one by one, which is a later word', async () => {
    const before = (await look()).settingsIat;
    const { body } = await change({ settings: { rapid: false } });
    expect(body.settings).toEqual({ rapid: false });
    expect(body.settingsIat).toBeGreaterThan(before);
  });

  it('a PIN is kept as its hash alone and shown to nobody, also not in the acts', async () => {
    const { body } = await change({ pin: '204815' });
    expect(body.hasPin).toBe(true);
    const [row] = await hub.sql.query<{ pin: string }>("select pin from gates where id = 'east'");
    const { salt, rounds, hash } = JSON.parse(row?.pin ?? '{}');
    expect(await derivePin('204815', fromHex(salt) ?? new Uint8Array(), rounds)).toBe(hash);
    expect(await newestActs(1)).toEqual([
      { act: 'gate-settings-changed', facts: { gate: 'east', pin: 'set' } },
    ]);
    const everything = JSON.stringify([
      (await admin.get('/gates')).body,
      (await admin.get('/acts')).body,
      hub.lines,
    ]);
    expect(everything).not.toContain('204815');
    expect(everything).not.toContain(hash);
    const removed = await change({ pin: null });
    expect(removed.body.hasPin).toBeUndefined();
    expect((await newestActs(1))[0].facts).toEqual({ gate: 'east', pin: 'removed' });
  });

  it('of two who edit, the later is told, and sets nothing', async () => {
    const { version, settingsIat } = await look();
    await change({ settings: { rapid: true } }, admin, version);
    const late = await change({ settings: { passBackS: 60 }, pin: '999999' }, admin, version);
    expect([late.status, late.body.code]).toEqual([409, 'changed-meanwhile']);
    const now = await look();
    expect([now.settings, now.hasPin]).toEqual([{ rapid: true }, undefined]);
    expect(now.settingsIat).toBeGreaterThan(settingsIat);
  });

  it('of another’s gate are neither seen nor set', async () => {
    const came = await change({ settings: { rapid: false }, pin: '123456' }, elsewhere);
    expect(came.status).toBe(404);
    expect((await look()).settings).toEqual({ rapid: true });
  });

  it.each([
    ['a wait of a second', { settings: { passBackS: 1 } }],
    ['a wait of two days', { settings: { passBackS: 172_800 } }],
    ['half a second', { settings: { passBackS: 90.5 } }],
    ['a language nobody speaks here', { settings: { language: 'fr' } }],
    ['a kiosk that looks sideways', { settings: { kiosk: 'side' } }],
    ['a word for a truth', { settings: { rapid: 'on' } }],
    ['a setting nobody knows', { settings: { boss: true } }],
    ['settings that are none', { settings: null }],
    ['five digits', { pin: '12345' }],
    ['letters', { pin: '<b>12</b>' }],
    ['a hash of one’s own', { pin: { salt: '', rounds: 1, hash: '' } }],
  ])('with %s are refused', async (_, more) => {
    const came = await change(more);
    expect([came.status, came.body.code]).toEqual([400, 'bad-shape']);
  });

  it('are not dated by a clock in doubt, and nothing else of the gate changes then', async () => {
    const before = await look();
    doubt = 'behind';
    const came = await change({ settings: { rapid: false }, gate: { ...gate, name: '错门' } });
    const same = await change({ settings: { rapid: true }, gate: { ...gate, name: '对门' } });
    doubt = undefined;
    expect([came.status, came.body.code]).toEqual([503, 'clock-doubtful']);
    expect([same.body.name, same.body.settingsIat]).toEqual(['对门', before.settingsIat]);
  });

  describe('in a table', () => {
    const send = (text: string, apply = true, client = admin) =>
      client.post('/gates/import', { format: 'csv', text, apply });

    it('are set by columns of their own; an empty cell unsets, a column that is not there does nothing', async () => {
      const text =
        'gate,name,venue,Rapid,passback,language,kiosk\nt-1,一号,transit,on,900,en,\nt-2,二号,transit,off,,,front\n';
      expect((await send(text)).body.problems).toEqual([]);
      expect([(await look('t-1')).settings, (await look('t-2')).settings]).toEqual([
        { rapid: true, passBackS: 900, language: 'en' },
        { rapid: false, kiosk: 'front' },
      ]);
      expect((await newestActs(1))[0]).toEqual({
        act: 'gates-imported',
        facts: { new: 2, changed: 0, settings: 2 },
      });
      const again = await send(text);
      expect(again.body.rows.map(({ change: what }: { change: string }) => what)).toEqual([
        'same',
        'same',
      ]);
      await send('gate,name,venue\nt-1,一号门,transit\n');
      expect((await look('t-1')).settings).toEqual({ rapid: true, passBackS: 900, language: 'en' });
      await send('gate,name,venue,language\nt-1,一号门,transit,\n');
      expect((await look('t-1')).settings).toEqual({ rapid: true, passBackS: 900 });
    });

    it('that are wrong are told by line and column, and none of the table is taken', async () => {
      const text =
        'gate,name,venue,rapid,passback,language,kiosk\na,甲,mall,yes,,,\nb,乙,mall,on,59,,\nc,丙,mall,off,1e3,,\nd,丁,mall,off,90,fr,\ne,戊,mall,constructor,90,,\nf,己,mall,off,90,,on\n';
      expect((await send(text)).body.problems).toEqual([
        { line: 2, what: 'rapid' },
        { line: 3, what: 'passback' },
        { line: 4, what: 'passback' },
        { line: 5, what: 'language' },
        { line: 6, what: 'rapid' },
        { line: 7, what: 'kiosk' },
      ]);
      expect((await look('丁')).id).toBeUndefined();
    });

    it('of a supervisor of elsewhere set nothing', async () => {
      const text = 'gate,name,venue,region,rapid\neast,东门,transit,CN-TJ,off';
      expect((await send(text, true, elsewhere)).body.problems).toEqual([
        { line: 2, what: 'line' },
      ]);
      expect((await look()).settings).toEqual({ rapid: true });
    });

    it('have no column for a PIN', async () => {
      await send('gate,name,venue,pin\nt-3,三号,mall,123456');
      expect((await look('t-3')).hasPin).toBeUndefined();
    });
  });
});
