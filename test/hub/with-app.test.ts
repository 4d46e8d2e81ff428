import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseBundle } from '../../src/core/trust/bundle.ts';
import { peekSignedFile } from '../../src/core/trust/signed-file.ts';
import type { Remote } from '../../src/ports/remote.ts';
import { enrolDemo } from '../../src/scanner/app/enrol/enrol.ts';
import { createLogSync } from '../../src/scanner/app/sync/log-sync.ts';
import { createReceiptKeeper } from '../../src/scanner/app/sync/receipt-keeper.ts';
import { databases } from '../support/databases.ts';
import { fakeRandom } from '../support/fakes/fake-random.ts';
import { memoryDeviceStore } from '../support/fakes/memory-device-store.ts';
import { memoryLogStore } from '../support/fakes/memory-log-store.ts';
import { hubRemote } from '../support/hub-remote.ts';
import { someEntries } from '../support/log-entries.ts';
import { type TestHub, testHub } from '../support/test-hub.ts';

describe.each(databases)(
  "the app's own enrolment and sync against the hub on $name",
  ({ open }) => {
    let hub: TestHub;
    beforeAll(async () => {
      hub = await testHub(await open());
    });
    afterAll(() => hub.sql.close());

    async function device(remote: Remote) {
      const random = fakeRandom();
      const parts = { remote: hubRemote(hub), device: memoryDeviceStore(), random };
      const enrolled = await enrolDemo(parts, hub.clock.wall());
      if (!enrolled.ok) throw new Error(enrolled.error);
      const enrolment = enrolled.value;
      const bundle = await remoteBundle();
      const log = memoryLogStore();
      const receiptKeys = () => bundle.hub.receiptKeys;
      const now = () => hub.clock.wall();
      const receipts = createReceiptKeeper(log, now);
      const { monotonic } = hub.clock;
      const its = { log, receipts, remote, random, enrolment, receiptKeys, now, monotonic };
      const sync = createLogSync(its);
      return { id: enrolment.device, log, sync };
    }

    async function remoteBundle() {
      const file = new Uint8Array(await (await hub.app.request('/v1/bundle')).arrayBuffer());
      const payload = peekSignedFile(file, file.length);
      const bundle = parseBundle(payload.ok ? payload.value : undefined);
      if (!bundle.ok) throw new Error(bundle.error);
      return bundle.value;
    }

    const kept = async (id: string) =>
      (
        await hub.sql.query<{ n: number }>('select count(*) as n from scans where device = $1', [
          id,
        ])
      )[0]?.n;

    it('brings 450 entries over in three batches, each once, and the cursor to the last', async () => {
      const { id, log, sync } = await device(hubRemote(hub));
      const entries = await someEntries(450, id);
      for (const entry of entries) await log.add(entry);
      let receipts = 0;
      const outcome = await sync.upload(() => {
        receipts++;
      });
      expect([outcome, receipts]).toEqual(['done', 3]);
      expect(await log.cursor()).toMatchObject({ seq: 450, head: entries.at(-1)?.hash });
      expect(await kept(id)).toBe(450);
    });

    it('loses and doubles nothing when every other answer is lost on the way back', async () => {
      const whole = hubRemote(hub);
      let calls = 0;
      const lossy: Remote = {
        ...whole,
        async post(...args) {
          const answer = await whole.post(...args);
          return ++calls % 2 === 1 ? { kind: 'offline' } : answer;
        },
      };
      const { id, log, sync } = await device(lossy);
      const entries = await someEntries(450, id);
      for (const entry of entries) await log.add(entry);
      const outcomes = [];
      for (let i = 0; i < 4; i++) outcomes.push(await sync.upload(() => {}));
      expect(outcomes).toEqual(['offline', 'offline', 'offline', 'done']);
      expect(await log.cursor()).toMatchObject({ seq: 450 });
      expect(await kept(id)).toBe(450);
    });

    it('moves no cursor on the good answer of a captive portal', async () => {
      const portal: Remote = {
        ...hubRemote(hub),
        post: async () => ({
          kind: 'answer',
          status: 200,
          body: new TextEncoder().encode('<html>'),
        }),
      };
      const { id, log, sync } = await device(portal);
      for (const entry of await someEntries(3, id)) await log.add(entry);
      expect(await sync.upload(() => {})).toBe('not-the-hub');
      expect(await log.cursor()).toBeUndefined();
    });
  },
);
