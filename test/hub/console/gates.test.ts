import { zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toBase64url } from '../../../src/core/base64url.ts';
import { type ConsoleClient, joined } from '../../support/console-client.ts';
import { databases } from '../../support/databases.ts';
import { type TestHub, testHub } from '../../support/test-hub.ts';

const gate = { id: 'east-1', name: '东门', venue: 'residential', region: 'CN-TJ', direction: 'in' };

describe.each(databases)('gates and sites in the console on $name', ({ open }) => {
  let hub: TestHub;
  let admin: ConsoleClient;
  let ofTianjin: ConsoleClient;
  let ofEast: ConsoleClient;
  beforeAll(async () => {
    hub = await testHub(await open());
    admin = await joined(hub, 'admin');
    ofTianjin = await joined(hub, 'of tianjin', 'supervisor', ['region:CN-TJ']);
    ofEast = await joined(hub, 'of east', 'supervisor', ['site:east']);
  });
  afterAll(() => hub.sql.close());

  it('begin empty', async () => {
    expect((await admin.get('/gates')).body).toEqual({ gates: [], more: false });
    expect((await admin.get('/sites')).body).toEqual({ sites: [] });
  });

  it('adds a gate once: one id is one gate', async () => {
    const came = await admin.post('/gates', gate);
    expect([came.status, came.body]).toEqual([201, { ...gate, version: 1, devices: 0 }]);
    expect((await admin.post('/gates', { ...gate, name: '另一个' })).body.code).toBe('gate-known');
    expect((await admin.get('/gates')).body.gates).toHaveLength(1);
  });

  it.each([
    ['an id with a blank', { id: 'a b' }],
    ['no name', { name: ' ' }],
    ['a name that hides something', { name: 'A\u202Eevil' }],
    ['an unknown venue', { venue: 'casino' }],
    ['a region that is none', { region: 'Tianjin' }],
    ['a direction that is none', { direction: 'up' }],
    ['a member nobody knows', { boss: true }],
  ])('refuses a gate with %s', async (_, change) => {
    const came = await admin.post('/gates', { ...gate, id: 'bad', ...change });
    expect([came.status, came.body.code]).toEqual([400, 'bad-shape']);
  });

  it('keeps a site with its zones, tells one who comes too late, and removes none that is in use', async () => {
    const site = { id: 'east', name: '东区', zones: [{ id: 'hall', name: '大厅', capacity: 200 }] };
    expect((await admin.put('/sites/east', { version: 0, site })).status).toBe(201);
    expect((await admin.put('/sites/east', { version: 0, site })).body.code).toBe('site-known');
    const renamed = { version: 1, site: { ...site, name: '东院' } };
    expect((await admin.put('/sites/east', renamed)).body).toMatchObject({
      name: '东院',
      version: 2,
    });
    expect((await admin.put('/sites/east', renamed)).body.code).toBe('changed-meanwhile');
    const placed = { ...gate, id: 'east-2', site: 'east', zone: 'hall' };
    expect((await admin.post('/gates', placed)).status).toBe(201);
    expect((await admin.delete('/sites/east')).body.code).toBe('site-in-use');
    expect((await admin.post('/gates', { ...gate, id: 'x', site: 'no' })).body.code).toBe(
      'no-site',
    );
  });

  it('two who edit one gate: the later is told, and what the first wrote stays', async () => {
    const to = { version: 1, closed: false, gate: { ...gate, name: '东一门' } };
    expect((await admin.put('/gates/east-1', to)).body).toMatchObject({
      name: '东一门',
      version: 2,
    });
    const late = { version: 1, closed: false, gate: { ...gate, name: '西门' } };
    expect((await admin.put('/gates/east-1', late)).body.code).toBe('changed-meanwhile');
    expect((await admin.get('/gates?search=east-1')).body.gates[0].name).toBe('东一门');
  });

  it('shows and lets change only what is of one’s areas', async () => {
    await admin.post('/gates', { ...gate, id: 'he-1', name: '石家庄站', region: 'CN-HE' });
    const ids = async (client: ConsoleClient) =>
      (await client.get('/gates')).body.gates.map(({ id }: { id: string }) => id);
    expect(await ids(admin)).toEqual(['east-1', 'east-2', 'he-1']);
    expect(await ids(ofTianjin)).toEqual(['east-1', 'east-2']);
    expect(await ids(ofEast)).toEqual(['east-2']);
    const to = { version: 1, closed: true, gate: { ...gate, id: 'he-1', region: 'CN-TJ' } };
    expect((await ofTianjin.put('/gates/he-1', to)).status).toBe(404);
    const away = { version: 1, closed: false, gate: { ...gate, id: 'east-2', region: 'CN-HE' } };
    expect((await ofTianjin.put('/gates/east-2', away)).body.code).toBe('not-allowed');
    const own = await ofTianjin.post('/gates', { ...gate, id: 'he-2', region: 'CN-HE' });
    expect(own.body.code).toBe('not-allowed');
  });

  it('finds a gate by a part of its id or name, and no wildcard does more', async () => {
    const found = async (search: string) =>
      (await admin.get(`/gates?search=${encodeURIComponent(search)}`)).body.gates.length;
    expect([await found('EAST'), await found('家庄'), await found('%'), await found('_')]).toEqual([
      2, 1, 0, 0,
    ]);
  });

  describe('a table of gates', () => {
    const send = (text: string, apply: boolean, client = admin) =>
      client.post('/gates/import', { format: 'csv', text, apply });
    const head = 'gate,name,venue,region,site,district,direction,zone';

    it('is looked at first, line by line, and nothing is done', async () => {
      const text = `\uFEFF${head}\r\nn-1,北门,residential,CN-TJ,east,,both,hall\r\nn-1,又是,residential\r\nn-2,,mall\r\nn-3,商场,casino\r\nn-4,学校,school,,west\r\neast-1,东一门,residential,CN-TJ\r\n`;
      const { body } = await send(text, true);
      expect(body.problems).toEqual([
        { line: 3, what: 'twice' },
        { line: 4, what: 'name' },
        { line: 5, what: 'venue' },
        { line: 6, what: 'no-site' },
      ]);
      expect(
        body.rows.map(({ line, change }: { line: number; change: string }) => [line, change]),
      ).toEqual([
        [2, 'new'],
        [7, 'same'],
      ]);
      expect((await admin.get('/gates?search=n-1')).body.gates).toEqual([]);
    });

    it('of 200 gates is taken whole, and changes nothing when it comes again', async () => {
      const lines = Array.from({ length: 200 }, (_, i) => `g-${i},"门 ${i}, 北",transit,CN-TJ`);
      const text = [head, ...lines].join('\n');
      expect((await send(text, false)).body.problems).toEqual([]);
      expect((await admin.get('/gates?search=g-')).body.gates).toEqual([]);
      expect((await send(text, true)).status).toBe(200);
      const { gates, more } = (await admin.get('/gates?search=g-')).body;
      expect([gates.length, more, gates[7].name]).toEqual([200, false, '门 104, 北']);
      const again = (await send(text, true)).body.rows;
      expect(new Set(again.map(({ change }: { change: string }) => change))).toEqual(
        new Set(['same']),
      );
    });

    it('of a supervisor changes no gate of others, nor puts one there', async () => {
      const { body } = await send(
        `gate,name,venue,region\nhe-1,偷来的,mall,CN-TJ\nmine,外地,mall,CN-HE`,
        true,
        ofTianjin,
      );
      expect(body.problems).toEqual([
        { line: 2, what: 'line' },
        { line: 3, what: 'line' },
      ]);
      expect((await admin.get('/gates?search=he-1')).body.gates[0].name).toBe('石家庄站');
    });

    const workbook = (sheet: string, shared?: string) =>
      toBase64url(
        zipSync({
          'xl/worksheets/sheet1.xml': new TextEncoder().encode(sheet),
          ...(shared && { 'xl/sharedStrings.xml': new TextEncoder().encode(shared) }),
        }),
      );
    const cell = (at: string, text: string) =>
      `<c r="${at}" t="inlineStr"><is><t>${text}</t></is></c>`;

    it('is taken as a workbook too, with shared texts, gaps, numbers and escapes', async () => {
      const shared =
        '<sst><si><t>gate</t></si><si><t>name</t></si><si><r><t>ven</t></r><r><t>ue</t></r></si><si><t>A &amp; B &#x95E8;</t></si></sst>';
      const s = (at: string, n: number) => `<c r="${at}" t="s"><v>${n}</v></c>`;
      const sheet = `<worksheet><sheetData><row r="1">${s('A1', 0)}${s('C1', 1)}${s('D1', 2)}</row><row r="3"><c r="A3"><v>1234</v></c>${s('C3', 3)}${cell('D3', 'mall')}</row></sheetData></worksheet>`;
      const { body } = await admin.post('/gates/import', {
        format: 'xlsx',
        file: workbook(sheet, shared),
        apply: false,
      });
      expect(body).toEqual({
        problems: [],
        rows: [
          {
            line: 3,
            change: 'new',
            gate: { id: '1234', name: 'A & B 门', venue: 'mall', direction: 'in' },
          },
        ],
      });
    });

    it('with a NUL in a cell is told by its line', async () => {
      const cells = [cell('A1', 'gate'), cell('B1', 'name'), cell('C1', 'venue')].join('');
      const bad = [cell('A2', 'a\u0000b'), cell('B2', '门'), cell('C2', 'mall')].join('');
      const sheet = `<worksheet><sheetData><row r="1">${cells}</row><row r="2">${bad}</row></sheetData></worksheet>`;
      const came = await admin.post('/gates/import', {
        format: 'xlsx',
        file: workbook(sheet),
        apply: true,
      });
      expect(came.body.problems).toEqual([{ line: 2, what: 'gate' }]);
    });

    it.each([
      ['is no archive', toBase64url(new TextEncoder().encode('PK nothing'))],
      [
        'unpacks to 50 MB',
        toBase64url(zipSync({ 'xl/worksheets/sheet1.xml': new Uint8Array(50 * 1024 * 1024) })),
      ],
      ['has entities of its own', workbook('<!DOCTYPE x [<!ENTITY a "b">]><worksheet/>')],
      ['has no sheet', toBase64url(zipSync({ 'a.txt': new Uint8Array(3) }))],
    ])('refuses a workbook that %s', async (_, file) => {
      const came = await admin.post('/gates/import', { format: 'xlsx', file, apply: true });
      expect([came.status, came.body.code]).toEqual([422, 'no-table']);
    });

    it.each(['', 'gate,name\na,b', 'gate,name,venue', '"gate,name,venue'])(
      'refuses what is no table of gates: %j',
      async (text) => expect((await send(text, false)).body.code).toBe('no-table'),
    );

    it('keeps markup and formulas as the texts they are', async () => {
      const name = '<img src=x onerror=alert(1)>=cmd|1';
      await send(`gate,name,venue\nmarkup,"${name}",mall`, true);
      expect((await admin.get('/gates?search=markup')).body.gates[0].name).toBe(name);
    });
  });

  it('writes every change down, with who did it', async () => {
    const { acts } = (await admin.get('/acts')).body;
    const done = new Set(acts.map(({ act }: { act: string }) => act));
    for (const act of ['gate-added', 'gate-changed', 'site-changed', 'gates-imported'])
      expect(done).toContain(act);
  });
});
