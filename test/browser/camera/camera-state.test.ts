import { describe, expect, test } from 'vitest';
import {
  afterCamera,
  type CameraEffect,
  type CameraHappening,
  type CameraState,
  cameraOff,
} from '../../../src/browser/camera/camera-state.ts';
import type { CameraStatus } from '../../../src/ports/code-reader.ts';

const now = 100_000;
const picture = { kind: 'live', torch: true, torchOn: false, lenses: 2, zoom: 1 } as const;
const problem = (name: 'denied' | 'missing' | 'busy' | 'insecure' | 'failed') =>
  ({ kind: 'problem', problem: name }) as const;

/** Everything as it should be at `now`: used, seen, a frame just there. */
const calm = { session: 7, usedAt: now, seenAt: now, askedAt: now, frameBy: now + 1000 };
const state = (change: Partial<CameraState> = {}): CameraState => ({
  ...cameraOff,
  ...calm,
  ...change,
});
const live = (change: Partial<CameraState> = {}) => state({ status: picture, ...change });
const lit = (change: Partial<CameraState> = {}) =>
  state({ status: { ...picture, torchOn: true }, torchOn: true, ...change });
const paused = (change: Partial<CameraState> = {}) =>
  state({ status: { kind: 'paused' }, ...change });
const busy = (change: Partial<CameraState> = {}) => state({ status: problem('busy'), ...change });
const frameless = (change: Partial<CameraState> = {}) =>
  state({ status: problem('failed'), ...change });
const denied = (change: Partial<CameraState> = {}) =>
  state({ status: problem('denied'), ...change });
const opening = (change: Partial<CameraState> = {}) =>
  state({ status: { kind: 'starting' }, isOpening: true, ...change });

const tick = (change: object = {}) =>
  ({ kind: 'tick', isHidden: false, isDead: false, isShown: true, ...change }) as CameraHappening;
const opened = (change: object = {}) =>
  ({ kind: 'opened', session: 7, lenses: 2, torch: true, torchOn: false, ...change }) as const;

type Row = readonly [
  promise: string,
  from: CameraState,
  happening: CameraHappening,
  then: Partial<CameraState>,
  effects?: readonly CameraEffect[],
];

/** What is not named in a row stays as it was; a row without effects does nothing to the browser. */
function check(rows: readonly Row[]): void {
  for (const [promise, from, happening, then, effects = []] of rows) {
    test(promise, () => {
      const step = afterCamera(from, { ...happening, now });
      expect(step).toEqual({ state: { ...from, ...then }, effects });
    });
  }
}

const starting: Partial<CameraState> = {
  status: { kind: 'starting' },
  isOpening: true,
  isAsleep: false,
  askedAt: now,
};
/** The stream is let go and another asked for. */
const anew: readonly CameraEffect[] = ['let-go', 'open'];
const gone = (status: CameraStatus): Partial<CameraState> => ({
  status,
  session: 8,
  isOpening: false,
});

describe('start and stop', () => {
  const start = { kind: 'start', isDead: false } as const;
  const dead = { kind: 'start', isDead: true } as const;
  check([
    ['a camera that is off is asked for', state(), dead, starting, ['open']],
    ['and one that was paused', paused(), dead, starting, ['open']],
    ['while it is asked for nobody asks again', opening(), dead, {}],
    ['a live one is only told about again', live(), start, {}, ['say-again']],
    [
      'a live one whose track ended is let go first',
      live(),
      dead,
      { ...starting, session: 8 },
      anew,
    ],
    ['after a refusal it is asked for again, in sight', busy(), dead, starting, ['open']],
    [
      'in sight also where it is being asked for unseen',
      busy({ isOpening: true }),
      dead,
      { status: { kind: 'starting' } },
    ],
    [
      'it forgets how often it failed',
      opening({ openingsWithoutFrame: 2 }),
      dead,
      { openingsWithoutFrame: 0 },
    ],
    [
      'long ago in sight is not out of sight now',
      state({ seenAt: 0, usedAt: 0 }),
      dead,
      { ...starting, seenAt: now, usedAt: now },
      ['open'],
    ],
    [
      'a stop lets it go, with the wish for light',
      lit(),
      { kind: 'stop' },
      { ...gone({ kind: 'off' }), torchOn: false },
      ['let-go'],
    ],
    [
      'a stop while the person is asked counts',
      opening(),
      { kind: 'stop' },
      gone({ kind: 'off' }),
      ['let-go'],
    ],
  ]);
});

describe('what the browser answers', () => {
  const frameBy = now + 4000;
  const refused = { kind: 'refused', session: 7, problem: 'busy' } as const;
  check([
    [
      'a picture is live, with 4 s for its first frame',
      opening({ frameBy: 0, usedAt: 0 }),
      opened(),
      { status: picture, isOpening: false, frameBy, usedAt: now },
    ],
    [
      'its light is told as it is',
      opening({ torchOn: true, frameBy }),
      opened(),
      { status: picture, isOpening: false, torchOn: false },
    ],
    [
      'and its zoom as it is wished',
      opening({ zoom: 3, frameBy }),
      opened(),
      { status: { ...picture, zoom: 3 }, isOpening: false },
    ],
    [
      'openings count until a frame is there',
      opening({ openingsWithoutFrame: 2, frameBy }),
      opened(),
      { status: picture, isOpening: false },
    ],
    ['a picture of a stream let go before changes nothing', opening({ session: 8 }), opened(), {}],
    ['a refusal is named', opening(), refused, gone(problem('busy')), ['let-go']],
    ['a refusal of an asking given up changes nothing', state({ session: 8 }), refused, {}],
    [
      'a lit torch is told, and is a use',
      live({ usedAt: 0 }),
      { kind: 'torch-set', session: 7, on: true },
      { status: { ...picture, torchOn: true }, torchOn: true, usedAt: now },
    ],
    [
      'a torch put out is not a use',
      lit({ usedAt: 5 }),
      { kind: 'torch-set', session: 7, on: false },
      { status: picture, torchOn: false },
    ],
    [
      'a torch of a stream let go before lights nothing later',
      state({ session: 8 }),
      { kind: 'torch-set', session: 7, on: true },
      {},
    ],
    [
      'zoom is told',
      live(),
      { kind: 'zoomed', times: 2 },
      { status: { ...picture, zoom: 2 }, zoom: 2 },
    ],
    ['and kept where there is no picture', paused(), { kind: 'zoomed', times: 2 }, { zoom: 2 }],
  ]);
});

describe('frames, uses and lenses', () => {
  check([
    [
      'a frame gives 1.5 s until the next',
      live({ openingsWithoutFrame: 2 }),
      { kind: 'frame' },
      { frameBy: now + 1500, openingsWithoutFrame: 0 },
    ],
    ['a use is remembered', live({ usedAt: 0 }), { kind: 'used' }, { usedAt: now }],
    [
      'a use wakes a paused camera',
      paused({ usedAt: 0 }),
      { kind: 'used' },
      { ...starting, usedAt: now },
      ['open'],
    ],
    [
      'a use wakes one asleep too, so that its next pause is one',
      paused({ isAsleep: true }),
      { kind: 'used' },
      starting,
      ['open'],
    ],
    ['a use starts nothing that is off', state(), { kind: 'used' }, {}],
    [
      'a use does not ask the person again',
      state({ status: problem('denied') }),
      { kind: 'used' },
      {},
    ],
    [
      'another lens is another stream, its torch dark',
      lit(),
      { kind: 'lens-chosen' },
      { ...starting, session: 8, torchOn: false },
      anew,
    ],
    [
      'a lens chosen for a camera that stopped meanwhile starts nothing',
      state(),
      { kind: 'lens-chosen' },
      {},
    ],
    [
      'a hint is shown with the picture',
      live(),
      { kind: 'hint', hint: 'torch' },
      { status: { ...picture, hint: 'torch' } },
    ],
    [
      'and taken away',
      live({ status: { ...picture, hint: 'torch' } }),
      { kind: 'hint', hint: undefined },
      { status: picture },
    ],
    ['and not shown without a picture', paused(), { kind: 'hint', hint: 'torch' }, {}],
  ]);

  test('the same hint again is no change of status', () => {
    const from = live({ status: { ...picture, hint: 'torch' } });
    const step = afterCamera(from, { kind: 'hint', hint: 'torch', now });
    expect(step.state.status).toBe(from.status);
  });
});

describe('time passes', () => {
  const ago = (ms: number) => now - ms;
  const frozen = { frameBy: ago(1) };
  const failed = { ...gone(problem('failed')), openingsWithoutFrame: 3 };
  const again = { ...starting, session: 8, openingsWithoutFrame: 1 };
  check([
    ['nothing is done while all is well', live(), tick(), {}],
    ['a frame that is due this moment is not late', live({ frameBy: now }), tick(), {}],
    ['a frozen picture is opened again', live(frozen), tick(), again, anew],
    ['not where no frame is announced, off the page', live(frozen), tick({ isShown: false }), {}],
    ['an ended track is opened again', live(), tick({ isDead: true }), again, anew],
    ['with its light, if it was lit', lit(frozen), tick(), again, anew],
    [
      'the third without a frame is broken',
      live({ ...frozen, openingsWithoutFrame: 2 }),
      tick(),
      failed,
      ['let-go'],
    ],
    ['45 s without use are not over', lit({ usedAt: ago(45_000) }), tick(), {}],
    ['after them the torch goes off', lit({ usedAt: ago(45_001) }), tick(), {}, ['torch-off']],
    ['what is dark already is left alone', live({ usedAt: ago(45_001) }), tick(), {}],
    ['60 s without use are not over', live({ usedAt: ago(60_000) }), tick(), {}],
    [
      'after them it is let go',
      lit({ usedAt: ago(60_001) }),
      tick(),
      { ...gone({ kind: 'paused' }), torchOn: false },
      ['let-go'],
    ],
    ['a busy camera has 5 s', busy({ askedAt: ago(5000) }), tick({ isDead: true }), {}],
    [
      'then it is asked for unseen',
      busy({ askedAt: ago(5001) }),
      tick({ isDead: true }),
      { ...starting, status: problem('busy') },
      ['open'],
    ],
    ['once', busy({ askedAt: ago(5001), isOpening: true }), tick({ isDead: true }), {}],
    ['one that showed no frame has 30 s', frameless({ askedAt: ago(30_000) }), tick(), {}],
    [
      'and is then asked for again: the call is over',
      frameless({ askedAt: ago(30_001), openingsWithoutFrame: 3 }),
      tick({ isDead: true }),
      { ...starting, status: problem('failed') },
      ['open'],
    ],
    ['one that was denied never', denied({ askedAt: ago(90_000) }), tick({ isDead: true }), {}],
    [
      'a refused one is not asked for',
      state({ status: problem('denied'), askedAt: 0 }),
      tick({ isDead: true }),
      {},
    ],
    ['nor a paused one', paused({ usedAt: 0, frameBy: 0 }), tick({ isDead: true }), {}],
    [
      'an asking that takes long is left to the browser',
      opening({ askedAt: 0, frameBy: 0, usedAt: 0 }),
      tick({ isDead: true }),
      {},
    ],
    ['being in sight is remembered', live({ seenAt: 5 }), tick(), { seenAt: now }],
  ]);
});

describe('the page out of sight', () => {
  const hidden = tick({ isHidden: true, isDead: true });
  const since = (ms: number) => ({ seenAt: now - ms });
  const asleep = { ...gone({ kind: 'paused' }), torchOn: false, isAsleep: true };
  const back = { kind: 'resumed', isDead: false } as const;
  const frameBy = now + 4000;
  check([
    [
      'keeps its camera for 10 s, whatever the picture does',
      live({ ...since(10_000), frameBy: 0 }),
      hidden,
      {},
    ],
    ['then lets it go, and its light', lit(since(10_001)), hidden, asleep, ['let-go']],
    ['lets go only what it has', busy({ ...since(10_001), askedAt: 0 }), hidden, {}],
    [
      'opens it when it is back',
      paused({ isAsleep: true }),
      back,
      { ...starting, frameBy },
      ['open'],
    ],
    ['opens nothing that was paused before', paused(), back, { frameBy }],
    [
      'opens one that a call took away',
      frameless(),
      { kind: 'resumed', isDead: true },
      { ...starting, status: problem('failed'), frameBy },
      ['open'],
    ],
    [
      'opens a busy one when it is back',
      busy(),
      back,
      { ...starting, status: problem('busy'), frameBy },
      ['open'],
    ],
    ['gives a live one time for a frame', live({ frameBy: 0 }), back, { frameBy }],
    [
      'opens one that died in sleep',
      live(),
      { kind: 'resumed', isDead: true },
      { ...starting, session: 8, frameBy, openingsWithoutFrame: 1 },
      anew,
    ],
    ['starts nothing that is off', state(), back, { frameBy }],
  ]);
});

describe('a camera that was plugged in or allowed', () => {
  const plugged = { kind: 'plugged' } as const;
  const missing = state({ status: problem('missing'), openingsWithoutFrame: 3 });
  check([
    [
      'is asked for where there was a problem, unseen',
      missing,
      plugged,
      { ...starting, status: problem('missing'), openingsWithoutFrame: 0 },
      ['open'],
    ],
    ['changes nothing where one is live', live(), plugged, {}],
    ['wakes none that is paused', paused(), plugged, {}],
  ]);
});

describe('whatever happens, in any order', () => {
  const happenings: readonly CameraHappening[] = [
    { kind: 'start', isDead: true },
    { kind: 'stop' },
    { kind: 'used' },
    { kind: 'frame' },
    { kind: 'plugged' },
    { kind: 'lens-chosen' },
    { kind: 'resumed', isDead: true },
    { kind: 'hint', hint: 'manual' },
    { kind: 'zoomed', times: 2 },
    tick(),
    tick({ isDead: true }),
    tick({ isHidden: true }),
  ];
  /** Every state reached within so many steps, 20 s apart, answers of the browser among them. */
  function reached(steps: number): CameraState[] {
    const found = new Map([['', cameraOff]]);
    let last = [cameraOff];
    for (let at = 1; at <= steps; at++) {
      const next = last.flatMap((from) => {
        const { session } = from;
        const answers: CameraHappening[] = from.isOpening
          ? [opened({ session }), { kind: 'refused', session, problem: 'busy' }]
          : [{ kind: 'torch-set', session, on: true }];
        return [...happenings, ...answers].map(
          (happening) => afterCamera(from, { ...happening, now: at * 20_000 }).state,
        );
      });
      last = [];
      for (const state of next) {
        const name = JSON.stringify(state);
        if (found.has(name)) continue;
        found.set(name, state);
        last.push(state);
      }
    }
    return [...found.values()];
  }
  const all = reached(4);

  test('what starts is being asked for, and what is live, paused or off is not', () => {
    expect(all.length).toBeGreaterThan(500);
    const asked = (kind: CameraStatus['kind']) =>
      new Set(all.filter(({ status }) => status.kind === kind).map(({ isOpening }) => isOpening));
    expect(asked('starting')).toEqual(new Set([true]));
    for (const kind of ['live', 'paused', 'off'] as const)
      expect(asked(kind)).toEqual(new Set([false]));
  });

  test('a start leads to a picture, or is on its way to one', () => {
    const after = all.map((from) => afterCamera(from, { kind: 'start', isDead: true, now: 1e6 }));
    expect(new Set(after.map(({ state }) => state.status.kind))).toEqual(new Set(['starting']));
  });

  test('a stop lets go, and nothing but a start opens it again', () => {
    for (const from of all) {
      const { state: off, effects } = afterCamera(from, { kind: 'stop', now: 1e6 });
      expect(effects).toEqual(['let-go']);
      for (const happening of happenings.slice(1)) {
        const step = afterCamera(off, { ...happening, now: 2e6 });
        expect([step.state.status.kind, step.effects.includes('open')]).toEqual(['off', false]);
      }
    }
  });
});
