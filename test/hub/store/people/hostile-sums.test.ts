import { expect, it } from 'vitest';
import { databases } from '../../../support/databases.ts';
import { someEntries, someScan } from '../../../support/log-entries.ts';
import { enrolled, testHub, upload } from '../../../support/test-hub.ts';

it.each(databases)(
  'a phone that brings more companions than there are people blocks no other at its gate, on $name',
  async ({ open }) => {
    const hub = await testHub(await open());
    const [hostile, honest] = [await enrolled(hub), await enrolled(hub)];
    const companions = Number.MAX_SAFE_INTEGER;
    const body = { ...someScan, companions } as typeof someScan;
    const entries = await someEntries(1200, hostile.id, undefined, body);
    for (let i = 0; i < entries.length; i += 200)
      await upload(hub, hostile, entries.slice(i, i + 200));
    const { opened } = await upload(hub, honest, await someEntries(3, honest.id));
    expect(opened.seq).toBe(3);
    await hub.sql.close();
  },
);
