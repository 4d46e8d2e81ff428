import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { columnCipher } from '../../../src/authority/privacy/column-cipher.ts';
import {
  newSecrets,
  parseSecrets,
  rotated,
  secretsText,
} from '../../../src/authority/privacy/secrets.ts';
import { addAppeal } from '../../../src/authority/store/appeals.ts';
import { addDeclaration } from '../../../src/authority/store/declarations.ts';
import { migrate } from '../../../src/authority/store/migrations.ts';
import {
  cellOf,
  findPerson,
  identityOf,
  takePerson,
} from '../../../src/authority/store/persons.ts';
import { encryptedColumns, reEncrypt, rowsByKey } from '../../../src/authority/store/re-encrypt.ts';
import { epochMillis } from '../../../src/core/units.ts';
import type { Sql } from '../../../src/node/database.ts';
import { overPglite } from '../../../src/node/pglite.ts';
import { databases } from '../../support/authority/databases.ts';
import { declared } from '../../support/authority/people.ts';
import { templateFiles } from '../../support/embedded.ts';
import { randomBytes } from '../../support/passes.ts';

const secrets = newSecrets(randomBytes);
const cipher = columnCipher(secrets, randomBytes);
const needs = { cipher, random: randomBytes, now: epochMillis(1) };
const zhang = { type: 'resident-id', number: '11010519491231002X', name: '张小三' } as const;

describe.each(databases)('people of the authority on $name', ({ open }) => {
  let sql: Sql;
  beforeAll(async () => {
    sql = await open();
  });
  afterAll(() => sql.close());

  it('one document is one person, however many ask at once', async () => {
    const ids = await Promise.all(
      Array.from({ length: 5 }, () => sql.transaction((tx) => takePerson(tx, zhang, needs))),
    );
    expect(new Set(ids).size).toBe(1);
    expect(await findPerson(sql, cipher.subjectOf(zhang))).toBe(ids[0]);
    expect(await identityOf(sql, ids[0] ?? '', cipher)).toEqual(zhang);
  });

  it('the same number by another type is another person', async () => {
    const passport = { type: 'passport', number: zhang.number, name: 'J' } as const;
    const other = await takePerson(sql, passport, needs);
    expect(other).not.toBe(await findPerson(sql, cipher.subjectOf(zhang)));
  });

  it('a name that has changed is written anew', async () => {
    const id = await takePerson(sql, { ...zhang, name: '张三丰' }, needs);
    expect(await identityOf(sql, id, cipher)).toMatchObject({ name: '张三丰' });
  });

  it('moved to another row or column, a text does not open', async () => {
    const id = await takePerson(sql, zhang, needs);
    const sealed = cipher.seal('x', cellOf('name', id));
    expect(cipher.open(sealed, cellOf('name', id))).toBe('x');
    expect(() => cipher.open(sealed, cellOf('number', id))).toThrow();
    expect(() => cipher.open(sealed, cellOf('name', 'another'))).toThrow();
    sealed[sealed.length - 1] = (sealed.at(-1) ?? 0) ^ 1;
    expect(() => cipher.open(sealed, cellOf('name', id))).toThrow();
  });

  it('a new key takes over row by row, may be stopped, and the old one is then needed no more', async () => {
    const next = rotated(secrets, randomBytes);
    const both = columnCipher(next, randomBytes);
    await expect(
      reEncrypt({ ...sql, transaction: () => Promise.reject(new Error('stopped')) }, both),
    ).rejects.toThrow('stopped');
    const before = Object.values(await rowsByKey(sql)).reduce((a, b) => a + b, 0);
    expect(await reEncrypt(sql, both)).toBe(before);
    expect(await rowsByKey(sql)).toEqual({ 2: before });
    expect(await reEncrypt(sql, both)).toBe(0);
    const alone = columnCipher({ ...next, keys: next.keys.slice(1) }, randomBytes);
    const id = (await findPerson(sql, alone.subjectOf(zhang))) ?? '';
    expect(await identityOf(sql, id, alone)).toMatchObject({ number: zhang.number });
    await expect(identityOf(sql, id, cipher)).rejects.toThrow('no key');
  });

  it('every encrypted column is among those that a new key takes over', async () => {
    const rows = await sql.query<{ table: string; column: string }>(
      `select table_name as table, column_name as column from information_schema.columns
       where table_schema = 'public' and data_type = 'bytea' order by 1, 2`,
    );
    const known = Object.entries(encryptedColumns).flatMap(([table, columns]) =>
      columns.map((column) => `${table}.${column}`),
    );
    expect(rows.map((row) => `${row.table}.${row.column}`).sort()).toEqual(known.sort());
  });
});

describe('the secrets of an authority', () => {
  it('are read as they were written, and nothing of them is in what is said of broken ones', () => {
    const text = secretsText(rotated(secrets, randomBytes));
    expect(parseSecrets(text, 'FILE').keys.map(({ id }) => id)).toEqual([1, 2]);
    const broken = text.replace('kakou-secrets-1', 'kakou-secrets-9');
    expect(() => parseSecrets(broken, 'FILE')).toThrow(/^FILE holds no secrets/);
  });
});

describe('a stolen database', () => {
  it('shows no name, number, phone, address or appeal without the key, in any usual coding, on any page of its files', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'kakou-stolen-'));
    const db = await PGlite.create(folder, { loadDataDir: await templateFiles() });
    const sql = overPglite(db);
    for (const task of ['drop schema public cascade', 'create schema public'])
      await sql.query(task);
    await migrate(sql);
    const person = { type: 'passport', number: 'KAKOUPASS1', name: '欧阳示例一' } as const;
    const id = await takePerson(sql, person, needs);
    const said = declared({ phone: '13912345678', address: '示例路八十八号' });
    const text = '我没有去过示例市场';
    await sql.transaction(async (tx) => {
      await addDeclaration(tx, id, said, needs);
      await addAppeal(tx, id, { class: 'contact', text }, needs);
    });
    await sql.query('create table witness (text text)');
    await sql.query("insert into witness values ('found-by-this-search 欧阳')");
    await sql.query('checkpoint');
    await db.close();
    const bytes = Buffer.concat(
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((item) => item.isFile())
        .map((item) => readFileSync(join(item.parentPath, item.name))),
    );
    rmSync(folder, { recursive: true });
    expect(bytes.includes('found-by-this-search 欧阳')).toBe(true);
    const secrets = [person.name, person.number, said.phone, said.address, text];
    const found = secrets.filter((one) => spellings(one).some((spelt) => bytes.includes(spelt)));
    expect(found).toEqual([]);
  });
});

/** How a text may stand in a file: UTF-8, UTF-16 of both orders, hex, base64 at any offset. */
function spellings(text: string): Buffer[] {
  const utf8 = Buffer.from(text);
  const little = Buffer.from(text, 'utf16le');
  const big = Buffer.from(little).swap16();
  const coded = [0, 1, 2].flatMap((offset) => {
    const shifted = Buffer.concat([Buffer.alloc(offset), utf8]).toString('base64');
    // the characters that the neighbours have no part in
    return shifted.slice(Math.ceil((offset * 8) / 6) + (offset === 0 ? 0 : 1), -4);
  });
  const hex = utf8.toString('hex');
  return [utf8, little, big, ...[...coded, hex, hex.toUpperCase()].map((one) => Buffer.from(one))];
}
