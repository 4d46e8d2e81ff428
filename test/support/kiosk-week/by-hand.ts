import { toSeconds } from '../../../src/core/units.ts';
import { type DemoPassRequest, demoPass } from '../../../src/demo/demo-pass.ts';
import { createTablet, type TabletOptions } from './tablet.ts';
import { watchWork, weekTimers } from './timers.ts';

/** A morning in June, UTC. */
export const morning = Date.UTC(2026, 5, 1, 6);

/** A tablet whose time passes when the test says so; `eachStep` is done before what is due by then. */
export async function tabletByHand(options: TabletOptions = {}, start = morning) {
  const work = watchWork();
  const tablet = await createTablet(start, options);
  const timers = weekTimers(tablet.clock.monotonic);
  let eachStep: () => void = () => undefined;
  let made = 0;

  /** Time passes; a page that ended is opened again, as a tablet in its own mode does. */
  async function pass(ms: number, stepMs = 1000): Promise<void> {
    for (let left = ms; left > 0; left -= stepMs) {
      const step = Math.min(stepMs, left);
      tablet.clock.tick(step);
      tablet.truth.tick(step);
      eachStep();
      for (const { camera } of tablet.tabs) camera.look();
      timers.runDue();
      await work.settle();
      if (tablet.tabs.length > 0) continue;
      await tablet.open();
      await work.settle();
    }
  }

  return {
    ...{ tablet, pass, settle: work.settle },
    onStep(does: () => void) {
      eachStep = does;
    },
    /** A demo pass stamped now, or `ageS` seconds ago, each with its own id. */
    async code(request: Partial<DemoPassRequest> = {}, ageS = 0): Promise<string> {
      const id = ++made;
      const minted = await demoPass(tablet.keys, {
        ...{ issuer: 'CN-TJ', state: 'g', kind: 'live', form: 'cwt' },
        at: (toSeconds(tablet.truth.wall()) - ageS) as DemoPassRequest['at'],
        jti: Uint8Array.from({ length: 12 }, (_, i) => (id >> (8 * (i % 4))) & 0xff),
        ...request,
      });
      if (!minted.ok) throw new Error(minted.error);
      return minted.value.text;
    },
    /** Its page has opened its rules, or fetched them. */
    async hasRules(): Promise<void> {
      for (let tries = 0; tries < 2000; tries++) {
        if (tablet.tabs[0]?.store.getState().trust.bundle !== undefined) break;
        await timers.breathe();
      }
      await pass(6000, 2000);
    },
    /** Whether it is in service within so many minutes. */
    async isInService(minutes: number): Promise<boolean> {
      for (let left = minutes * 12; left > 0; left--) {
        if (!tablet.tabs[0]?.store.getState().kioskTrouble) return true;
        await timers.breathe();
        await pass(5000, 5000);
      }
      return false;
    },
    /** What the first page shows. */
    state() {
      const [tab] = tablet.tabs;
      if (!tab) throw new Error('no page is open');
      return tab.store.getState();
    },
    async show(text: string, method: 'camera' | 'wedge' = 'camera'): Promise<void> {
      const [tab] = tablet.tabs;
      if (method === 'wedge') void tab?.app.actions.present(text, 'wedge');
      else tab?.camera.show(text);
      await work.settle();
    },
    close(): void {
      tablet.cut();
      timers.close();
      work.close();
    },
  };
}
export type TabletByHand = Awaited<ReturnType<typeof tabletByHand>>;
