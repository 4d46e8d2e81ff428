/**
 * `npm run bench:city -- [--gates N] [--steps N,N,…] [--scale S] [--minutes M] [--phones N] [--holders N]
 * [--seed N] [--scenes NAME,…] [--no-costs] [--trace FILE] [--json FILE]`: a city's day. Some real phones (the scanner's app in a time of
 * their own) live an hour; what they ask, minute by minute, is asked as by N gates, with signed uploads of
 * a key each, of nginx (docs/ha/nginx.conf), two hubs and one PostgreSQL on this machine. Scale S: the same
 * minute in 60/S seconds, so the requests of N × S gates. Then more and more gates in an ordinary minute,
 * until answers take over a second or fail. Wants nginx and PostgreSQL.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { pause } from '../../support/in-time.ts';
import { costsByKind } from './costs.ts';
import { liveDay, minuteOf, type Scene, scenes, sceneWords } from './day.ts';
import { byKind, whole } from './figures.ts';
import { makeGates } from './gates.ts';
import { replay } from './replay.ts';
import { givesTheRest } from './rest.ts';
import { createSender } from './sender.ts';
import { missing, type Stack, startStack } from './stack.ts';
import { fullestSecond, perPhone, type Trace } from './trace.ts';

const { values } = parseArgs({
  options: {
    gates: { type: 'string', default: '2000' },
    steps: { type: 'string', default: '4000,6000,8000,12000,16000' },
    scale: { type: 'string', default: '2' },
    minutes: { type: 'string', default: '1' },
    phones: { type: 'string', default: '48' },
    people: { type: 'string', default: '4.6' },
    holders: { type: 'string', default: '14000000' },
    seed: { type: 'string', default: '1' },
    trace: { type: 'string' },
    'no-costs': { type: 'boolean', default: false },
    scenes: { type: 'string', default: scenes.join() },
    json: { type: 'string' },
  },
});
const [gates, scale, minutes, seed] = [values.gates, values.scale, values.minutes, values.seed].map(
  Number,
) as [number, number, number, number];
const city = 60_000;
const limitMs = 1000;

async function traceOfDay(): Promise<Trace> {
  const file = values.trace;
  if (file !== undefined && existsSync(file))
    return JSON.parse(readFileSync(file, 'utf8')) as Trace;
  const { phones, people } = values;
  const day = await liveDay({ phones: Number(phones), seed, people: Number(people) });
  if (file !== undefined) writeFileSync(file, JSON.stringify(day));
  return day;
}

/** What real phones ask in each minute, and what that is for a city. */
function tellTrace(day: Trace): object {
  const rows = Object.fromEntries(
    scenes.map((scene) => {
      const minute = minuteOf(day, scene);
      const counts = Object.entries(perPhone(minute)).map(
        ([kind, count]) => [kind, Math.round(count * 100) / 100] as const,
      );
      const perSecond = Math.round((minute.asked.length / minute.phones / 60) * city);
      const fullest = Math.round(fullestSecond(minute) * 100);
      return [scene, { ...Object.fromEntries(counts), perSecond, 'fullest second %': fullest }];
    }),
  );
  console.log(`\nWhat a gate asks in a minute, and ${city} gates in a second, by the real client:`);
  console.table(rows);
  return rows;
}

async function etagOf(stack: Stack): Promise<string> {
  const answer = await fetch(`${stack.hub}/v1/bundle`);
  await answer.arrayBuffer();
  return answer.headers.get('etag') ?? '';
}

async function trustAskedOfHubs({ ports }: Stack): Promise<number> {
  const texts = await Promise.all(
    ports.map(async (port) => (await fetch(`http://127.0.0.1:${port}/metrics`)).text()),
  );
  const lines = texts.flatMap((text) => text.split('\n'));
  const trust = /^kakou_requests_total\{.*route="\/v1\/(root|bundle|lists|deltas)/;
  return lines
    .filter((line) => trust.test(line))
    .reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
}

async function main(): Promise<number> {
  const lacking = missing();
  if (lacking.length > 0) {
    console.error(`not here: ${lacking.join(', ')}`);
    return 69;
  }
  const day = await traceOfDay();
  const steps = values.steps === '' ? [] : values.steps.split(',').map(Number);
  const trace = tellTrace(day);
  const most = Math.ceil(Math.max(gates, ...steps.map((step) => step / scale)));
  const all = await makeGates(most);
  const stack = await startStack(all, Number(values.holders), seed);
  const sender = createSender(stack.origin);
  try {
    const minute = minuteOf(day, 'ordinary');
    const uploads = minute.asked.filter(({ kind }) => kind === 'upload');
    const entries = Math.round(
      uploads.reduce((sum, upload) => sum + upload.entries, 0) / uploads.length,
    );
    await stack.authority.publishToday(); // a list of today, to be asked for
    await pause(300);
    const { authority, origin } = stack;
    for (const path of [authority.list(), '/v1/bundle']) {
      const does = (await givesTheRest(origin, path)) ? 'the rest' : 'NOT the rest';
      console.log(`Of ${path}, broken off in the middle, nginx gives ${does}.`);
    }
    const costs = values['no-costs']
      ? undefined
      : await costsByKind(stack, sender, all, entries, await etagOf(stack));
    if (costs) console.log(`\nCPU of a request, milliseconds; an upload is of ${entries} entries:`);
    if (costs) console.table(costs);
    const found = [];
    for (const scene of values.scenes.split(',').filter(Boolean) as Scene[]) {
      found.push(await live(scene, gates, day, stack, sender, all));
    }
    console.log('\nMore and more gates in an ordinary minute:');
    const grown = [];
    for (const step of steps) {
      const lived = await live('ordinary', step / scale, day, stack, sender, all);
      grown.push(lived);
      if (lived.p95 > limitMs || lived.errors > 0) break;
    }
    if (values.json) {
      const told = { cores: cpus().length, seed, scale, trace, costs, found, grown };
      writeFileSync(values.json, `${JSON.stringify(told, undefined, 2)}\n`);
    }
    return 0;
  } finally {
    sender.close();
    await stack.stop();
  }
}

async function live(
  scene: Scene,
  many: number,
  day: Trace,
  stack: Stack,
  sender: ReturnType<typeof createSender>,
  all: Awaited<ReturnType<typeof makeGates>>,
) {
  const used = all.slice(0, many);
  const etag = await etagOf(stack);
  const lived = [];
  let asked = 0;
  for (let n = 0; n < minutes; n++) {
    const isCommon = scene === 'back';
    const minute = minuteOf(day, scene);
    const replaying = { minute, gates: used, scale, seed: seed + n, isCommon };
    let before = 0;
    const begin = async () => {
      if (scene === 'list') await stack.authority.publishToday();
      await pause(1000); // what it took of this process is over
      before = await trustAskedOfHubs(stack);
    };
    lived.push(await replay(replaying, stack, sender, etag, begin));
    asked += (await trustAskedOfHubs(stack)) - before;
  }
  const sent = lived.flatMap((one) => one.sent);
  const seconds = lived.reduce((sum, one) => sum + one.seconds, 0);
  const figures = {
    ...{ scene, gates: many, asOf: many * scale },
    ...whole(sent, seconds, lived.map(({ usedMs }) => usedMs).reduce(added)),
    trustAsked: sent.filter(({ kind }) => ['root', 'bundle', 'list', 'delta'].includes(kind))
      .length,
    trustAskedOfHubs: asked,
  };
  console.log(`\n${many} gates × ${scale}: ${sceneWords[scene]}`);
  console.table(byKind(sent, seconds));
  console.log(JSON.stringify(figures));
  return { ...figures, kinds: byKind(sent, seconds) };
}

type Used = Awaited<ReturnType<typeof replay>>['usedMs'];
const added = (a: Used, b: Used): Used => ({
  hubs: a.hubs.map((ms, i) => ms + (b.hubs[i] ?? 0)),
  database: a.database + b.database,
  nginx: a.nginx + b.nginx,
  load: a.load + b.load,
});

process.once('SIGINT', () => process.exit(130));
process.once('SIGTERM', () => process.exit(143));
process.exitCode = await main().catch((error: unknown) => {
  console.error(error);
  return 1;
});
process.exit();
