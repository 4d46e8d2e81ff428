import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { sha256Hex } from '../../../../src/core/bytes.ts';
import { Fault } from '../../../../src/core/fault.ts';
import { checkChain } from '../../../../src/core/log/chain.ts';
import { emptyHead, type LogEntry } from '../../../../src/core/log/entry.ts';
import { type OpenPhone, phoneOnShift } from '../../../support/on-shift.ts';
import type { World } from '../../../support/world.ts';

let world: World;
let phone: OpenPhone;

beforeEach(async () => {
  ({ world, phone } = await phoneOnShift());
});
afterEach(() => world.close());

const entries = (): Promise<LogEntry[]> => world.log.read(1, 1000);
const scans = async () => (await entries()).filter((entry) => entry.type === 'scan');

async function show(text: string) {
  phone.reader.show(text);
  await vi.waitFor(() => expect(phone.state().card).toBeDefined());
  return phone.state().card;
}

describe('a presented pass', () => {
  it('shows a fresh green code as a pass and writes exactly one entry', async () => {
    const card = await show(await world.pass());
    expect(card?.verdict).toMatchObject({ state: 'pass', reason: 'admitted' });
    expect(await scans()).toMatchObject([{ state: 'pass', reason: 'admitted', iss: 'CN-TJ' }]);
    expect(phone.state().counts).toEqual({ pass: 1, check: 0, stop: 0, unknown: 0 });
  });

  it('is told in one breath, list, counts and card, so that the screen is drawn once', async () => {
    const text = await world.pass();
    let torn = 0;
    phone.store.subscribe(({ recent: [newest] }, before) => {
      if (newest === before.recent[0]) return;
      // a screen is drawn in the next microtask
      queueMicrotask(() => {
        if (phone.state().card?.seq !== newest?.seq) torn += 1;
      });
    });
    await show(text);
    expect(phone.state().recent[0]?.seq).toBe(phone.state().card?.seq);
    expect(torn).toBe(0);
  });

  it('lets a code in once, whichever of two open tabs it is shown to next', async () => {
    const text = await world.pass();
    const first = phone;
    const second = await world.open(); // the first goes on, but for its camera and network
    await first.actions.present(text, 'wedge');
    world.tick(11_000);
    await second.actions.present(text, 'wedge');
    expect(first.state().card?.verdict.reason).toBe('admitted');
    expect(second.state().card?.verdict.reason).toBe('already-scanned');
  });

  it('logs every presentation in two tabs, though the clock stands still and they look alike', async () => {
    const first = phone;
    const second = await world.open();
    let count = 0;
    for (const tab of [second, first, second]) {
      tab.actions.dismissCard();
      await tab.actions.present(`KK1:NONSENSE${++count}`, 'wedge');
    }
    expect(await scans()).toHaveLength(3);
    expect(second.state().card?.seq).toBe((first.state().card?.seq ?? 0) + 1);
  });

  it('names the gate that a code is for, on the card and while it is in the list, and never in the log', async () => {
    const card = await show(await world.pass({ aud: 'demo-east' }));
    expect(card?.verdict).toMatchObject({ state: 'stop', reason: 'wrong-gate' });
    expect(card?.verdict.boundTo?.[0]?.['zh-CN']).toBe('演示小区东门');
    expect(phone.state().boundTo).toEqual({ [card?.seq ?? 0]: card?.verdict.boundTo });
    expect(JSON.stringify(await entries())).not.toMatch(/东门|demo-east/);
    phone.actions.dismissCard();
    phone.reader.show(await world.pass({ aud: 'nobody-knows' }));
    await vi.waitFor(() => expect(phone.state().card?.seq).toBe((card?.seq ?? 0) + 1));
    expect(phone.state().card?.verdict).not.toHaveProperty('boundTo');
    expect(Object.keys(phone.state().boundTo ?? {})).toHaveLength(1);
  });

  it('refuses the same picture 91 seconds later as stale', async () => {
    const text = await world.pass();
    world.tick(91_000);
    expect((await show(text))?.verdict).toMatchObject({ state: 'stop', reason: 'stale' });
  });

  it('admits nobody by an app that the authority calls too old', async () => {
    phone = await world.open({ version: '0.0.9' });
    await phone.actions.present(await world.pass(), 'wedge');
    expect(phone.state().card?.verdict).toMatchObject({ state: 'unknown', reason: 'app-outdated' });
    expect(phone.state().card?.verdict.pass).toBeUndefined();
  });

  it('stores nothing of the person: no name, id or text of any code shown', async () => {
    const good = await world.pass();
    await show(good);
    phone.actions.dismissCard();
    await show(`${good.slice(0, -4)}AAAA`);
    const written = JSON.stringify(await entries());
    for (const secret of ['张', '12…2X', good, good.slice(10, 40)]) {
      expect(written).not.toContain(secret);
    }
  });

  it('logs an unverified text by a mark that is another tomorrow and on every other phone', async () => {
    const marks: unknown[] = [];
    const mark = async () => {
      await phone.actions.present('KK1:NONSENSE', 'wedge');
      phone.actions.dismissCard();
      const scan = (await scans()).at(-1);
      expect(scan).toMatchObject({ state: 'stop', reason: 'malformed' });
      for (const member of ['iss', 'jti', 'textSha256']) expect(scan).not.toHaveProperty(member);
      marks.push(scan && 'textHmac' in scan && scan.textHmac);
    };
    await mark();
    world.tick(3000);
    await mark();
    expect(marks[0]).toMatch(/^[0-9a-f]{64}$/);
    expect(marks[0]).not.toBe(await sha256Hex('KK1:NONSENSE'));
    expect(marks[1]).toBe(marks[0]);
    world.tick(24 * 3_600_000);
    await mark();
    expect(marks[2]).not.toBe(marks[0]);
  });

  it('logs nothing of a stray code, a telephone number for one', async () => {
    await phone.actions.present('13800138000', 'wedge');
    const [scan] = await scans();
    expect(scan).toMatchObject({ state: 'unknown', reason: 'not-a-pass' });
    expect(Object.keys(scan ?? {}).filter((member) => /text|sha|hmac/i.test(member))).toEqual([]);
  });

  it('is logged although there is no key for the mark: what cannot be marked is not lost', async () => {
    vi.spyOn(world.device, 'dayKey').mockRejectedValue(new Fault('storage-corrupt', 'gone'));
    await phone.actions.present('KK1:NONSENSE', 'wedge');
    expect(await scans()).toMatchObject([{ reason: 'malformed' }]);
    expect(phone.state().card?.verdict.reason).toBe('malformed');
  });

  it('names a web link for what it is and goes on', async () => {
    const card = await show('https://example.org/');
    expect(card?.verdict).toMatchObject({ state: 'unknown', what: 'web-link' });
    await phone.actions.refuse('other');
    expect(phone.reader.held).toBe(false);
  });

  it('keeps the chain whole over many scans', async () => {
    for (let i = 0; i < 5; i++) {
      await show(await world.pass());
      phone.actions.dismissCard();
    }
    expect(await scans()).toHaveLength(5);
    expect((await checkChain(await entries(), emptyHead)).ok).toBe(true);
  });
});

describe('the same code again', () => {
  const last = () => phone.state().card?.verdict;

  it('and another in the same view are judged once each, however long both stay in view', async () => {
    const [one, two] = [await world.pass(), await world.pass()];
    let cards = 0;
    for (let second = 0; second < 8; second++) {
      for (const text of [one, two]) {
        phone.reader.show(text);
        await new Promise((resolve) => setTimeout(resolve, 30));
        if (phone.state().card) {
          cards += 1;
          phone.actions.dismissCard();
        }
        world.tick(500);
      }
    }
    expect(cards).toBe(2);
    expect(await scans()).toHaveLength(2);
  });

  it('gives way to another code in view once its card is done with, and is not judged again', async () => {
    const pass = await world.pass();
    expect((await show('https://example.org'))?.verdict.reason).toBe('not-a-pass');
    world.tick(20_000);
    await phone.actions.refuse('other');
    phone.reader.show('https://example.org');
    expect(phone.state().card).toBeUndefined();
    expect((await show(pass))?.verdict.reason).not.toBe('not-a-pass');
    phone.actions.dismissCard();
    phone.reader.show('https://example.org');
    expect(phone.state().card).toBeUndefined();
    expect(await scans()).toHaveLength(2);
  });

  it('is the same showing while it stays in view: no card, no sound, no entry', async () => {
    const text = await world.pass();
    await show(text);
    world.tick(60_000); // a card is up, so the camera reads nothing
    phone.actions.dismissCard();
    for (let i = 0; i < 10; i++) {
      world.tick(1000);
      phone.reader.show(text);
    }
    await phone.actions.syncNow();
    expect(phone.state().card).toBeUndefined();
    expect(phone.feedback.played).toHaveLength(1);
    expect(await scans()).toHaveLength(1);
  });

  it('that had left the view, in another hand within seconds: checked, logged, no sound of a pass', async () => {
    const text = await world.pass();
    await show(text);
    phone.actions.dismissCard();
    world.tick(3000);
    expect((await show(text))?.verdict).toMatchObject({
      state: 'check',
      reason: 'already-scanned',
      seen: { at: world.clock.wall() - 3000 },
    });
    expect(phone.feedback.played.map(({ state }) => state)).toEqual(['pass', 'repeat']);
    expect(await scans()).toMatchObject([{ reason: 'admitted' }, { reason: 'already-scanned' }]);
  });

  it('beside another in view is not taken for one that left it', async () => {
    const [one, other] = [await world.pass(), await world.pass()];
    await show(one);
    world.tick(20_000);
    phone.actions.dismissCard();
    await show(other);
    world.tick(20_000);
    phone.actions.dismissCard();
    for (const text of [one, other, one]) phone.reader.show(text);
    await phone.actions.syncNow();
    expect(phone.state().card).toBeUndefined();
    expect(await scans()).toHaveLength(2);
  });

  it('of a hardware scanner within 2 s is the same burst, after that a repeat', async () => {
    const text = await world.pass();
    for (let i = 0; i < 5; i++) {
      await phone.actions.present(text, 'wedge');
      world.tick(1900);
    }
    expect(last()?.reason).toBe('admitted');
    expect(await scans()).toHaveLength(1);
    world.tick(200);
    await phone.actions.present(text, 'wedge');
    expect(last()?.reason).toBe('already-scanned');
    expect(await scans()).toHaveLength(2);
  });

  it('is checked as already scanned after a restart too', async () => {
    const text = await world.pass();
    await show(text);
    world.tick(11_000);
    phone = await world.open();
    await phone.actions.startCamera();
    expect((await show(text))?.verdict).toMatchObject({
      state: 'check',
      reason: 'already-scanned',
    });
  });

  it('is let in by exactly one of two tabs at the same instant', async () => {
    const text = await world.pass();
    const first = phone;
    const second = await world.open();
    await Promise.all([first, second].map((tab) => tab.actions.present(text, 'wedge')));
    const reasons = [first, second].map((tab) => tab.state().card?.verdict.reason);
    expect(reasons.sort()).toEqual(['admitted', 'already-scanned']);
  });

  it('is no repeat where its first scan could not be logged', async () => {
    const text = await world.pass();
    world.log.breakWith('storage-quota');
    await show(text);
    phone.actions.dismissCard();
    world.log.breakWith(undefined);
    world.tick(4000);
    expect((await show(text))?.verdict.reason).toBe('admitted');
  });
});

describe('a log that cannot be written', () => {
  it('takes the green away, raises the red bar and admits nobody after', async () => {
    world.log.breakWith('storage-quota');
    const card = await show(await world.pass());
    expect(card?.verdict).toMatchObject({ state: 'unknown', reason: 'internal-error' });
    expect(phone.state().storageFault).toBe('storage-quota');
    phone.actions.dismissCard();
    expect((await show(await world.pass()))?.verdict.state).toBe('unknown');
  });

  it('is not taken for mended by a saved setting, which writes no entry', async () => {
    world.log.breakWith('storage-quota');
    await show(await world.pass());
    phone.actions.dismissCard();
    await phone.actions.setSettings({ theme: 'night' });
    expect(phone.state().storageFault).toBe('storage-quota');
  });

  it('is found out at the start, before anybody is scanned', async () => {
    vi.spyOn(world.device, 'changeTime').mockRejectedValue(new Fault('storage-quota', 'full'));
    phone = await world.open();
    expect(phone.state()).toMatchObject({ phase: 'ready', storageFault: 'storage-quota' });
  });

  it('recovers with the first entry that is on disk again', async () => {
    world.log.breakWith('storage-closed');
    await show(await world.pass());
    phone.actions.dismissCard();
    world.log.breakWith(undefined);
    phone.reader.show(await world.pass());
    await vi.waitFor(() => expect(phone.state().card?.verdict.state).toBe('pass'));
    expect(phone.state().storageFault).toBeUndefined();
    expect(await scans()).toHaveLength(1);
  });
});

describe('while a card waits for a tap', () => {
  it('a hardware scanner cannot push a stop aside', async () => {
    await show('KK1:NONSENSE');
    await phone.actions.present(await world.pass(), 'wedge');
    expect(phone.state().card?.verdict.state).toBe('stop');
    expect(await scans()).toHaveLength(1);
  });

  it('a pass gives way to the next person', async () => {
    await show(await world.pass());
    await phone.actions.present(await world.pass({ state: 'r' }), 'wedge');
    expect(phone.state().card?.verdict).toMatchObject({ state: 'stop', reason: 'colour-stop' });
  });
});

describe('while an entry is being written', () => {
  /** The next entry waits for `go`. */
  function slowDisk() {
    let go = () => {};
    const held = new Promise<void>((resolve) => {
      go = resolve;
    });
    const add = world.log.add.bind(world.log);
    vi.spyOn(world.log, 'add').mockImplementationOnce(async (entry) => {
      await held;
      return add(entry);
    });
    return () => go();
  }

  it('the next people of a hardware scanner wait their turn, each once and in order', async () => {
    await phone.actions.setSettings({ rapid: true });
    const go = slowDisk();
    const first = await world.pass();
    const second = await world.pass({ state: 'r' });
    const judged = [first, second, second].map((text) => phone.actions.present(text, 'wedge'));
    go();
    await Promise.all(judged);
    expect((await scans()).map(({ state }) => state)).toEqual(['pass', 'stop']);
    expect(phone.state().card?.verdict.state).toBe('stop');
    await phone.actions.present(await world.pass(), 'wedge');
    expect(phone.state().card).toMatchObject({ cardFirst: true });
  });

  it('the outcome of the last person, the next one waits for it', async () => {
    await show(await world.pass({ issuer: 'CN-HE', state: 'y' }));
    const go = slowDisk();
    const said = phone.actions.letIn();
    const next = phone.actions.present(await world.pass(), 'wedge');
    go();
    await Promise.all([said, next]);
    expect(phone.state().card?.verdict.state).toBe('pass');
    expect((await entries()).map(({ type }) => type)).toContain('decision');
    expect(await scans()).toHaveLength(2);
  });

  it('nobody is judged once the shift has ended meanwhile', async () => {
    await show(await world.pass({ issuer: 'CN-HE', state: 'y' }));
    const go = slowDisk();
    const said = phone.actions.letIn();
    const next = phone.actions.present(await world.pass(), 'wedge');
    const paused = phone.actions.pauseShift();
    go();
    await Promise.all([said, next, paused]);
    expect(await scans()).toHaveLength(1);
  });
});
