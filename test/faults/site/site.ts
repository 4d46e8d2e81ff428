import { sightingKey } from '../../../src/core/sightings/key.ts';
import type { Sql } from '../../../src/node/database.ts';
import { pause, until } from '../../support/in-time.ts';
import { dealFaults, type SiteFault } from '../fault-plan.ts';
import { goodPerson, type Presented } from '../texts.ts';
import { countedByLogs, hubsCount } from './heads.ts';
import { createSitePhones, openSite, pin, type SiteParts, type SitePhone } from './site-phones.ts';
import { nothingWrong, type SiteWrong } from './site-wrong.ts';

export type Site = ReturnType<typeof createSite>;

interface SiteNeeds extends SiteParts {
  readonly kinds: readonly SiteFault[];
  readonly rounds: number;
  readonly weeks: number;
  aside(task: Promise<unknown>): void;
}

/** A card at one gate, and what this phone had heard of the hub when it was shown. */
interface Showing {
  readonly at: SitePhone;
  readonly seq: number | undefined;
  readonly isPass: boolean;
  readonly isElsewhere: boolean;
  /** The hub's word on its claim came in time. */
  readonly hadWord: boolean;
}

interface LetIn {
  readonly at: SitePhone;
  readonly seq: number;
}
interface Code {
  readonly key: string;
  readonly shownAt: number;
  readonly letIn: readonly LetIn[];
}

const patienceMs = 90_000;
/** Less than the window of any gate. */
const lateMs = 60_000;

/**
 * Phones of one site whose people pass codes over the fence, while what is between the gates breaks.
 * Each round is a code and a fault; a reckoning after some of them heals all and looks what is known.
 */
export function createSite(needs: SiteNeeds) {
  const { dice, hubs, count, now, kinds, rounds, weeks } = needs;
  const phones = createSitePhones(needs);
  const wrong: SiteWrong = { ...nothingWrong };
  const strange: string[] = [];
  /** Let in at several gates: what phones must still be told, and all there were. */
  const twice: (readonly LetIn[])[] = [];
  const ofAll: (readonly LetIn[])[] = [];
  let codes: Code[] = [];
  const [plan = new Map()] = dealFaults(dice, kinds, { faults: rounds, devices: 1, steps: rounds });
  const everybody = (task: (one: SitePhone) => Promise<unknown>) => Promise.all(phones.map(task));

  function found(kind: keyof SiteWrong, what: string): void {
    wrong[kind]++;
    strange.push(`${kind}, at the gates of a site: ${what}`);
  }

  async function show(at: SitePhone, person: Presented): Promise<Showing> {
    at.line.takeWord();
    const card = await at.phone.present(person);
    const word = at.line.takeWord();
    const [state, reason] = [card?.verdict.state, card?.verdict.reason];
    return {
      ...{
        at,
        seq: card?.seq,
        isPass: state === 'pass',
        isElsewhere: reason === 'shown-elsewhere',
      },
      hadWord: card !== undefined && word?.isInTime === true,
    };
  }

  /** What strikes before, between and after the two showings of a round. */
  function strike(kind: SiteFault | undefined, first: SitePhone, second: SitePhone) {
    const struck = dice.chance(0.5) ? first : second;
    const nothing = { between: async () => undefined, after: async () => undefined };
    switch (kind) {
      case undefined:
        return nothing;
      case 'stream-cut':
        struck.line.cut();
        count.done(kind);
        return nothing;
      case 'stream-cut-in-event':
        second.line.cutInEvent();
        count.done(kind);
        return nothing;
      case 'stream-stalls':
        needs.aside(struck.line.stall(dice.whole(3000)));
        count.done(kind);
        return nothing;
      case 'gate-offline':
        struck.phone.network.isOnline = false;
        struck.line.cut();
        count.done(kind);
        return {
          ...nothing,
          after: async () => {
            struck.phone.network.isOnline = true;
          },
        };
      case 'gate-restarted':
        count.done(kind);
        return { ...nothing, between: async () => struck.phone.close() };
      case 'count-set':
        return { ...nothing, after: () => setCount(struck) };
      case 'hub-killed-in-claim':
        struck.line.arm(kind);
        needs.aside(pause(dice.whole(40)).then(() => hubs.kill(dice.whole(hubs.replicas))));
        return nothing;
      case 'hub-killed-after-claim':
      case 'postgres-killed-after-claim':
        return killAfterClaim(kind, first, second);
      default:
        struck.line.arm(kind);
        return nothing;
    }
  }

  /** The first gate has the hub's word and cannot upload; what had the word in hand is killed at once. */
  function killAfterClaim(kind: SiteFault, first: SitePhone, second: SitePhone) {
    first.phone.network.takesUploads = false;
    first.line.arm(kind);
    const isDatabase = kind === 'postgres-killed-after-claim';
    return {
      async between() {
        await (isDatabase ? hubs.killPostgres() : hubs.kill(dice.whole(hubs.replicas)));
        await second.phone.sync(); // so that it knows that there is a hub again
      },
      async after() {
        first.phone.network.takesUploads = true;
      },
    };
  }

  /** A supervisor counts the court. */
  async function setCount({ phone }: SitePhone): Promise<void> {
    let isSet = false;
    await phone.act('setting the count', async (actions) => {
      await actions.openSupervisor(pin);
      await actions.setHeads(dice.whole(300));
      actions.closeSupervisor();
      isSet = true;
    });
    if (isSet) count.done('count-set');
  }

  async function leaves({ phone }: SitePhone): Promise<void> {
    await phone.act('the way out', (actions) => actions.setWay('out'));
    await phone.present(await goodPerson(dice, now()));
    await phone.act('the way in', (actions) => actions.setWay('in'));
  }

  async function round(kind: SiteFault | undefined): Promise<void> {
    const from = dice.whole(phones.length);
    const [first, second, third] = phones.map((_, i) => phones[(from + i) % phones.length]);
    if (!first || !second || !third) throw new Error('a site of three gates');
    const restores = hubs.restores();
    const person = await goodPerson(dice, now());
    const { between, after } = strike(kind, first, second);
    const isKill = kind?.includes('after-claim') ?? false;
    const showings: Showing[] = [];
    if (!isKill && dice.chance(0.4)) {
      showings.push(...(await Promise.all([show(first, person), show(second, person)])));
      await between();
    } else {
      showings.push(await show(first, person));
      if (!isKill) await pause(dice.whole(1200));
      await between();
      showings.push(await show(second, person));
    }
    await after();
    if (dice.chance(0.3)) showings.push(await show(third, person));
    if (dice.chance(0.3)) await leaves(third);
    await judge(kind, showings, hubs.restores() === restores);
  }

  async function judge(
    kind: SiteFault | undefined,
    showings: readonly Showing[],
    isOneDatabase: boolean,
  ): Promise<void> {
    const said = `after ${kind ?? 'nothing'}, ${showings.map(tell).join(', ')}`;
    const passed = showings.filter(({ isPass }) => isPass);
    // a hub put back to an older state has forgotten who claimed
    if (isOneDatabase && passed.filter(({ hadWord }) => hadWord).length > 1)
      found('passedAtBoth', said);
    const allKnew = showings.every(({ hadWord, isElsewhere }) => hadWord || isElsewhere);
    if (allKnew && passed.length === 0) found('passedNowhere', said);
    const letIn = passed.flatMap(({ at, seq }) => (seq === undefined ? [] : [{ at, seq }]));
    const [one] = letIn;
    const entry = one?.at.phone.witness.written.get(one.seq);
    if (entry?.type !== 'scan' || entry.jti === undefined) return;
    const key = await sightingKey(entry.iss ?? '', entry.jti);
    codes.push({ key, shownAt: performance.now(), letIn });
    if (letIn.length > 1) twice.push(letIn);
  }

  /** Healed: everything is uploaded, everybody hears, and what is to be known is known. */
  async function reckon(): Promise<void> {
    await everybody(async ({ phone, line, gate }) => {
      phone.network.isOnline = true;
      phone.network.takesUploads = true;
      await line.settled();
      await until(
        `gate ${gate} in step`,
        patienceMs,
        async () => {
          await phone.sync();
          return (await phone.unsynced()) === 0 && (await phone.state()).hears === true;
        },
        200,
      );
    });
    const late = performance.now() - lateMs;
    const once = codes.filter(({ letIn, shownAt }) => letIn.length === 1 && shownAt > late);
    codes = [];
    await everybody(async (one) => {
      const own = once.filter(({ letIn }) => letIn[0]?.at !== one);
      const missing = () => own.filter(({ key }) => !one.line.heard().has(key));
      const hasHeard = async () => missing().length === 0;
      await until('every sighting', 20_000, hasHeard).catch(() => undefined);
      for (const { letIn } of missing())
        found(
          'sightingsLost',
          `${one.gate} has not heard of ${letIn[0]?.at.gate} ${letIn[0]?.seq}`,
        );
    });
    for (const letIn of twice) for (const { at, seq } of letIn) await isTold(at, seq, letIn.length);
    ofAll.push(...twice.splice(0));
  }

  async function isTold({ phone, gate }: SitePhone, seq: number, gates: number): Promise<void> {
    const told = async () => {
      const { twice: known = [] } = await phone.state();
      if (known.filter((one) => one.seq === seq).length >= gates - 1) return true;
      await phone.sync();
      return false;
    };
    const isRight = await until('word of a code shown twice', 20_000, told, 500).then(
      () => true,
      () => false,
    );
    if (!isRight) found('twiceUntold', `${gate} was not told of its entry ${seq}`);
  }

  async function countedRight({ phone, gate }: SitePhone): Promise<void> {
    phone.close(); // a new start asks for the hub's word
    const inside = countedByLogs(phones, now());
    const isRight = async () => {
      await phone.sync();
      return (await phone.state()).heads?.inside === inside;
    };
    await until('the head count', patienceMs, isRight, 500).catch(async () => {
      const { heads } = await phone.state();
      found('headsWrong', `${gate} says ${heads?.inside}, and the logs ${inside}`);
    });
  }

  return {
    phones: phones.map(({ phone }) => phone),
    open: () => openSite(phones, needs),
    /** One week's rounds; nobody is at work after it. */
    async week(week: number): Promise<void> {
      await reckon();
      const [from = 0, to = 0] = [week, week + 1].map((n) => Math.floor((rounds * n) / weeks));
      for (let i = from; i < to; i++) {
        const dealt = plan.get(i) ?? [];
        for (const kind of dealt.length > 0 ? dealt : [undefined]) await round(kind);
        if (i % 6 === 5) await reckon();
      }
      await reckon();
      if (week === weeks - 1) await everybody(countedRight);
      for (const { phone } of phones) phone.close();
    },
    async lookAfter(sql: Sql) {
      for (const letIn of ofAll) {
        const pairs = letIn.flatMap((one, i) => letIn.slice(i + 1).map((other) => [one, other]));
        for (const pair of pairs)
          if (!(await isKnown(sql, pair))) found('twiceUnknown', tellPair(pair));
      }
      const { said, isRecount } = await hubsCount(sql, phones, now());
      const inside = countedByLogs(phones, now());
      if (said.some((one) => one !== inside))
        found('headsWrong', `the hub says ${said.join(', ')}, and the logs ${inside}`);
      if (!isRecount) found('headsWrong', 'the sums of the hub are not those of its entries');
      return { wrong, strange, shownTwice: ofAll.length };
    },
  };
}

const deviceOf = ({ at }: LetIn): string => at.phone.witness.written.get(1)?.device ?? '';

async function isKnown(sql: Sql, pair: readonly LetIn[]): Promise<boolean> {
  const [[one, oneSeq], [other, otherSeq]] = pair.map((letIn) => [deviceOf(letIn), letIn.seq]) as [
    [string, number],
    [string, number],
  ];
  const rows = await sql.query(
    `select 1 from conflicts where (device = $1 and seq = $2 and other = $3 and other_seq = $4)
       or (device = $3 and seq = $4 and other = $1 and other_seq = $2)`,
    [one, oneSeq, other, otherSeq],
  );
  return rows.length === 1;
}

const tellPair = (pair: readonly LetIn[]): string =>
  pair.map(({ at, seq }) => `${at.gate} ${seq}`).join(' and ');

const tell = ({ at, seq, isPass, isElsewhere, hadWord }: Showing): string =>
  `${at.gate} ${seq} ${isPass ? 'pass' : isElsewhere ? 'elsewhere' : 'no pass'}${hadWord ? ' by the hub’s word' : ''}`;
