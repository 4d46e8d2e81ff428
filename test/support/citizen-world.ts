import 'fake-indexeddb/auto';
import { vi } from 'vitest';
import { type Citizen, createCitizen } from '../../src/citizen/app/citizen.ts';
import type { ScanCamera } from '../../src/citizen/app/scan/scan-actions.ts';
import { createPlaceChecker } from '../../src/citizen/app/visits/place-checker.ts';
import { holderDatabase } from '../../src/citizen/device/holder-database.ts';
import { visitDatabase } from '../../src/citizen/device/visit-database.ts';
import { toBase64url } from '../../src/core/base64url.ts';
import { openDayProof } from '../../src/core/health/day-proof.ts';
import { type Visit, visitLimits } from '../../src/core/place/visit.ts';
import { err, ok } from '../../src/core/result.ts';
import type { Bytes } from '../../src/core/units.ts';
import type { Answer, AskJson, Refusal } from '../../src/ports/ask-json.ts';
import { fakeClock } from './fakes/fake-clock.ts';
import { randomBytes } from './passes.ts';

const words = (text: string) => ({ 'zh-CN': text, 'zh-TW': text, en: text });
const issuer = { id: 'CN-TJ', name: words('天津健康码'), hotline: '88908890' };
let databases = 0;

/** The issuing side as a page sees it; a test changes what it says. */
export interface FakeService {
  /** Server's clock minus the phone's when the world began, in ms. */
  aheadMs: number;
  /** In place of every answer. */
  refusal?: Refusal;
  /** In place of the answers to one path. */
  refusals: Record<string, Refusal>;
  state: string;
  id: string;
  relatives: {
    id: string;
    kind: 'child' | 'adult';
    addedAt: number;
    name: string;
    number: string;
  }[];
  /** Milliseconds an answer takes. */
  slowMs: number;
  readonly asked: string[];
  /** Published trust files by their path; none: nobody can be reached for them. */
  trust?: ReadonlyMap<string, Bytes>;
  readonly pinnedRoot?: Bytes;
  /** Visits as they came in, each time they came. */
  readonly visits: Visit[];
  /** Relatives it writes nothing down for. */
  notYours: string[];
  /** The whole of every question, as text. */
  readonly sent: string[];
}

/** A page without a browser: real topics, the real database adapter, a service that says what a test wants. */
export async function citizenWorld(
  over: {
    readonly hash?: string;
    readonly database?: string;
    readonly wall?: number;
    readonly service?: FakeService;
    readonly link?: string;
    readonly camera?: ScanCamera;
    /** In place of the database of visits. */
    readonly isDiskFull?: boolean;
  } = {},
) {
  const phone = fakeClock(over.wall);
  const began = phone.monotonic();
  const service: FakeService = over.service ?? {
    ...{ aheadMs: 0, refusals: {}, state: 'g', id: 'me', relatives: [], slowMs: 0, asked: [] },
    ...{ visits: [], notYours: [], sent: [] },
  };
  const start = phone.wall();
  /** Its own clock: it does not notice what becomes of the phone's. */
  const serverNow = () => start + service.aheadMs + (phone.monotonic() - began);
  const database = over.database ?? `citizen-${++databases}`;
  const holder = holderDatabase(database);
  const shown = () => {
    const iat = Math.floor(serverNow() / 1000);
    return {
      ...{ iat, state: service.state, name: '张*三', id: '12…2X', colour: 'green' },
      ...{ level: 'clear', label: words('绿码'), notices: [], issuer, now: serverNow() },
    };
  };
  const answers: Readonly<Record<string, (body: unknown) => Promise<object> | object>> = {
    '/me': () => ({
      ...{ id: service.id, type: 'resident-id', name: '张*三', number: '12…2X' },
      ...{ state: service.state, until: null, code: 'ready', because: [], notices: [] },
      ...{ declaredAt: 1, declarationsLeft: 3, issuer: { ...issuer, state: 'active' } },
      now: serverNow(),
    }),
    '/codes/live': () => {
      const live = shown();
      return { ...live, exp: live.iat + 60, text: `KK1:${live.iat}`, nextS: 15 };
    },
    '/codes/day': async (body) => {
      const asks = await openDayProof(String(body));
      const isGood = asks && Math.abs(asks.iat * 1000 - serverNow()) <= 300_000;
      if (!isGood) return { refusal: { code: 'bad-proof' } };
      const day = shown();
      return { ...day, exp: day.iat + 86_400, credential: toBase64url(randomBytes(90)) };
    },
    '/relatives': () => ({ relatives: service.relatives, shownBy: [] }),
    '/visits': (body) => {
      if (body === undefined) return { visits: [] };
      const { visits } = body as { visits: readonly Visit[] };
      if (visits.length > visitLimits.batch) return { refusal: { code: 'bad-shape' } };
      const known = new Set(service.visits.map(({ id }) => id));
      service.visits.push(...visits);
      const answered = visits.map(({ id, relatives }) => {
        const notYours = relatives.filter((one) => service.notYours.includes(one));
        return { id, outcome: known.has(id) ? 'duplicate' : 'stored', notYours };
      });
      return { visits: answered };
    },
    '/session': () => ({}),
  };
  const ask: AskJson = async <T>(method: string, path: string, body?: object | string) => {
    const [name = ''] = path.replace('/authority/api', '').split('?');
    service.asked.push(`${method} ${name}`);
    service.sent.push(JSON.stringify([method, path, body]));
    if (service.slowMs > 0) await new Promise((resolve) => setTimeout(resolve, service.slowMs));
    const refusal = service.refusal ?? service.refusals[name];
    if (refusal) return err(refusal);
    const said = (await answers[name]?.(body)) ?? { refusal: { code: 'not-found' } };
    return ('refusal' in said ? err(said.refusal) : ok(said)) as Answer<T>;
  };
  let owed = false;
  let isAwake = false;
  const left: string[] = [];
  const time = await holder.readTime();
  const kept = visitDatabase(`${database}-visits`);
  const visits = over.isDiskFull ? { ...kept, add: () => Promise.reject(new Error('full')) } : kept;
  const none = Promise.reject(new Error('no camera'));
  none.catch(() => undefined);
  const noCamera: ScanCamera = {
    ...{ start: () => none, stop: async () => undefined, readPicture: () => none },
    mount: () => none,
  };
  const citizen: Citizen = createCitizen({
    ...{ ask, holder, rawClock: phone, random: randomBytes },
    address: { read: () => over.hash ?? '', write: (to) => left.push(to) },
    owedSignOut: {
      read: () => owed,
      write: (is) => {
        owed = is;
      },
    },
    settings: { language: 'zh-CN', isLarge: false, isNameHidden: false },
    keepSettings: () => undefined,
    keepAwake: (wanted) => {
      isAwake = wanted;
    },
    ...{ visits, camera: over.camera ?? noCamera },
    checker: (clock) =>
      createPlaceChecker({
        ...{ clock, store: kept.trust, host: 'code.example' },
        pinnedRoot: service.pinnedRoot ?? new Uint8Array(),
        fetchFile: async (path) => (service.refusal ? undefined : service.trust?.get(path)),
      }),
    ...(time && { time }),
    ...(over.link !== undefined && { link: over.link }),
  });
  return {
    ...{ citizen, phone, service, holder, database, serverNow, left, kept },
    visits: () => citizen.store.getState().visits,
    isOwed: () => owed,
    isAwake: () => isAwake,
    code: () => citizen.store.getState().code,
    session: () => citizen.store.getState().session,
    /** Time passes for page, phone and server alike. */
    async pass(ms: number): Promise<void> {
      for (let left = ms; left > 0; left -= 1000) {
        phone.tick(Math.min(1000, left));
        await vi.advanceTimersByTimeAsync(Math.min(1000, left));
        await settle(5);
      }
      await settle();
    },
    settle,
  };
}

/** Waits for what keys, signatures and the database do, however long a busy machine takes. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (let turn = 0; turn < 400 && !(await isSo()); turn++) await settle(25);
}

/** What keys, signatures and the database do takes time that no fake timer gives. */
export async function settle(forMs = 60): Promise<void> {
  const until = performance.now() + forMs;
  while (performance.now() < until) await new Promise((resolve) => setImmediate(resolve));
}
