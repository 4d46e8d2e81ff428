import { checkChain } from '../../../src/core/log/chain.ts';
import { emptyHead, type LogEntry } from '../../../src/core/log/entry.ts';
import { peopleOf } from '../../../src/core/log/people.ts';
import type { Card } from '../../../src/scanner/app/scan/scan-state.ts';
import { createDice, type Dice } from '../../faults/dice.ts';
import { morning, type TabletByHand, tabletByHand } from './by-hand.ts';
import { createVisitors, type Visitor } from './visitors.ts';

export interface WeekRun {
  readonly seed: number;
  readonly days: number;
  /** People a day, in six rushes of some seconds from one to the next. */
  readonly people: number;
}

const minute = 60_000;
const hour = 60 * minute;
/** Between rushes the time goes by in steps like that of a page that was busy for as long. */
const nightStep = 20 * minute;
const rushes = [8, 10, 12, 14, 16, 18];

interface Shown {
  readonly card: Card;
  readonly visitor: Visitor | undefined;
}

/** Lives the days of a kiosk, with all that befalls one, and tells what was found afterwards. */
export async function runWeek(run: WeekRun) {
  const began = performance.now();
  const hand = await tabletByHand();
  try {
    const lived = await live(hand, run);
    const found = await lookAfter(hand.tablet, lived);
    const { cuts, reloads } = hand.tablet;
    const seconds = Math.round((performance.now() - began) / 100) / 10;
    return { ...found, ...lived.counts, cuts, reloads, seconds, faults: lived.faults };
  } finally {
    hand.close();
  }
}

type Lived = Awaited<ReturnType<typeof live>>;
type Tablet = TabletByHand['tablet'];

async function live(hand: TabletByHand, { seed, days, people }: WeekRun) {
  const { tablet, pass } = hand;
  const dice = createDice(seed);
  const nextVisitor = createVisitors(hand, dice);
  const shown: Shown[] = [];
  const counts = { came: 0, passes: 0, falseGreens: 0, whileOut: 0, stayed: 0 };
  let shownAt = 0;
  const faults: Record<string, number> = {};
  let visitor: Visitor | undefined;
  const faulty = createFaults(tablet, dice, (kind) => {
    faults[kind] = (faults[kind] ?? 0) + 1;
  });
  hand.onStep(() => faulty.mend());

  tablet.onTab(({ store, life }) => {
    store.subscribe(({ card, kioskTrouble }, before) => {
      if (!card || card.id === before.card?.id || life.dead) return;
      shown.push({ card, visitor });
      shownAt = tablet.truth.monotonic();
      if (card.verdict.state !== 'pass') return;
      counts.passes++;
      if (kioskTrouble !== undefined && kioskTrouble !== 'camera') counts.whileOut++;
      if (!visitor?.mayPass) counts.falseGreens++;
      else visitor.mayPass = false;
    });
  });

  async function comes(): Promise<void> {
    const before = tablet.tabs[0]?.store.getState();
    const isLong = tablet.truth.monotonic() - shownAt > 12_000;
    if (isLong && before?.card && before.storageFault === undefined) counts.stayed++;
    visitor = await nextVisitor();
    counts.came++;
    await hand.show(visitor.text, dice.chance(0.2) ? 'wedge' : 'camera');
    await pass(2000 + dice.whole(8000), 2500);
  }

  await tablet.open();
  await pass(minute, 5000);
  for (let day = 0; day < days; day++) {
    for (const rush of rushes) {
      const at = morning + day * 24 * hour + (rush - 6) * hour;
      await pass(Math.max(0, at - tablet.truth.wall()), nightStep);
      await pass(minute, 5000);
      for (let n = 0; n < people / rushes.length; n++) {
        if (dice.chance(0.12)) await pass(faulty.strike(), 20_000);
        await comes();
      }
    }
  }
  faulty.mend(true);
  tablet.oneTab();
  visitor = undefined;
  // two quiet days more: what is a week old by then goes off the tablet
  await pass(morning + (days + 2) * 24 * hour - tablet.truth.wall(), nightStep);
  await pass(5 * minute, 5000);
  return { shown, counts, faults };
}

/** What befalls a tablet, dealt in turn so that each comes, and how it ends. Gives how long nobody comes meanwhile. */
function createFaults(tablet: Tablet, dice: Dice, done: (kind: string) => void) {
  const { state, disk, clock, truth, tabs } = tablet;
  let mends: { readonly at: number; readonly mend: () => void }[] = [];
  /** For some minutes; people come all the while. */
  const during = (minutes: number, mend: () => void): number => {
    mends.push({ at: truth.monotonic() + (1 + dice.whole(minutes)) * minute, mend });
    return 0;
  };
  const someTab = () => tabs[dice.whole(Math.max(1, tabs.length))];
  const kinds: Readonly<Record<string, () => number>> = {
    'power cut': () => {
      tablet.cut();
      return dice.whole(20) * minute;
    },
    'power cut while something is written': () => {
      for (const { life } of tabs) life.strokes = 1 + dice.whole(12);
      return 0;
    },
    'camera taken away': () => {
      state.broken = { kind: 'problem', problem: dice.pick(['missing', 'busy', 'failed']) };
      someTab()?.camera.lose(state.broken);
      return during(40, () => {
        state.broken = undefined;
      });
    },
    'decoder hung': () => {
      someTab()?.camera.lose({ kind: 'problem', problem: 'failed' });
      return 0;
    },
    'network gone': () => {
      state.isOnline = false;
      return during(dice.chance(0.3) ? 52 * 60 : 90, () => {
        state.isOnline = true;
      });
    },
    'disk full': () => {
      disk.log.breakWritesWith('storage-quota');
      if (dice.chance(0.5)) disk.device.breakWritesWith('storage-quota');
      return during(20, () => {
        disk.log.breakWritesWith(undefined);
        disk.device.breakWritesWith(undefined);
      });
    },
    'second tab': () => {
      if (tabs.length === 1) void tablet.open();
      return minute;
    },
    'clock set back': () => {
      clock.setWall(clock.wall() - hour);
      return during(30, () => clock.setWall(truth.wall()));
    },
    'new version': () => {
      for (const { store } of tabs) store.setState({ updateReady: true });
      return 3 * minute;
    },
  };
  let deck: string[] = [];
  return {
    strike(): number {
      if (deck.length === 0) deck = Object.keys(kinds);
      const [kind = ''] = deck.splice(dice.whole(deck.length), 1);
      done(kind);
      return kinds[kind]?.() ?? 0;
    },
    mend(isAll = false): void {
      const due = mends.filter(({ at }) => isAll || at <= truth.monotonic());
      mends = mends.filter((one) => !due.includes(one));
      for (const { mend } of due) mend();
    },
  };
}

/** `wrong` of a run in which nothing is. */
export const nothingWrong = {
  chain: undefined,
  'chain on the tablet': undefined,
  'passes that were none': 0,
  'passes while out of service': 0,
  'results that did not leave': 0,
  rivals: 0,
  'not at the hub': 0,
  lost: 0,
  'shown twice': 0,
  'nobody said': 0,
  'let in by a word': 0,
  'shifts that ended twice or never': 0,
};

/** What log, hub and screen say of it at the end. */
async function lookAfter(tablet: Tablet, { shown, counts }: Lived) {
  const { hub, disk, tabs } = tablet;
  const all: LogEntry[] = [...hub.held.values()].sort((a, b) => a.seq - b.seq);
  const head = await disk.log.head();
  const base = await disk.log.base();
  const rest = await disk.log.read(1, 1_000_000);
  const chain = await checkChain(all, emptyHead, head);
  const left = await checkChain(rest, base, head);
  const bySeq = new Map(all.map((entry) => [entry.seq, entry]));
  const lost = shown.filter(({ card: { seq, verdict } }) => {
    const entry = seq === undefined ? undefined : bySeq.get(seq);
    const isKept = entry?.type === 'scan' && entry.state === verdict.state;
    return seq !== undefined && !isKept;
  });
  const seqs = shown.flatMap(({ card: { seq } }) => (seq === undefined ? [] : [seq]));
  const scans = all.filter(({ type }) => type === 'scan');
  const lines = peopleOf(all);
  const count = (outcome: string) => lines.filter((line) => line.outcome === outcome).length;
  const state = tabs[0]?.store.getState();
  return {
    wrong: {
      chain: chain.ok ? undefined : chain.error,
      'chain on the tablet': left.ok ? undefined : left.error,
      'passes that were none': counts.falseGreens,
      'passes while out of service': counts.whileOut,
      'results that did not leave': counts.stayed,
      rivals: hub.rivals,
      'not at the hub': head.seq - all.length,
      lost: lost.length,
      'shown twice': seqs.length - new Set(seqs).size,
      'nobody said': count('not-recorded'),
      'let in by a word': lines.filter(
        ({ outcome, state }) => outcome === 'admitted' && state !== 'pass',
      ).length,
      'shifts that ended twice or never': shiftsWrong(all),
    },
    /** In the log and on no screen: the power went in between. */
    unseen: scans.length - seqs.length,
    scans: scans.length,
    admitted: count('admitted'),
    refused: count('refused'),
    shifts: all.filter(({ type }) => type === 'shift-end').length,
    purged: base.seq,
    entries: all.length,
    screen: {
      card: state?.card,
      trouble: state?.kioskTrouble,
      kiosk: state?.kiosk?.camera,
      onShift: state?.shift !== undefined,
      unsynced: state?.sync.unsynced,
      camera: state?.camera.kind,
    },
  };
}

/** Every shift but the last has one beginning and one end, and nothing of a shift comes after its end. */
function shiftsWrong(all: readonly LogEntry[]): number {
  const shifts = new Map<string, LogEntry[]>();
  for (const entry of all) {
    if (entry.shift === '') continue;
    shifts.set(entry.shift, [...(shifts.get(entry.shift) ?? []), entry]);
  }
  const lives = [...shifts.values()];
  return lives.filter((entries, at) => {
    const starts = entries.filter(({ type }) => type === 'shift-start').length;
    const ends = entries.filter(({ type }) => type === 'shift-end').length;
    return starts !== 1 || ends !== (at === lives.length - 1 ? 0 : 1);
  }).length;
}
