import { afterAll, beforeAll, expect, it } from 'vitest';
import { demoDistricts } from '../../../src/demo/demo-districts.ts';
import {
  Browser,
  citizen,
  type TestAuthority,
  testAuthority,
} from '../../support/authority/test-authority.ts';

let at: TestAuthority;
beforeAll(async () => {
  at = await testAuthority();
  await at.publish();
});
afterAll(() => at.close());

it('every published district has its code and its name in three languages, and no risk that would lead an answer', async () => {
  const { status, body } = await (await citizen(at, 'zhang')).get('/api/districts');
  expect(status).toBe(200);
  expect(body.districts).toHaveLength(demoDistricts.length);
  const heping = { 'zh-CN': '和平区', 'zh-TW': '和平區', en: 'Heping District' };
  expect(body.districts[0]).toEqual({ code: '120101', name: heping });
  const codes = body.districts.map(({ code }: { code: string }) => code);
  expect(codes).toEqual(codes.toSorted());
});

it('nobody who is not signed in is told them', async () => {
  expect((await new Browser(at).get('/api/districts')).body.code).toBe('sign-in-needed');
});
