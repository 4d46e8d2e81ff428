import type { CameraHint, CameraProblem, CameraStatus } from '../../ports/code-reader.ts';

/** Milliseconds after which the camera does something by itself. */
export const cameraLimits = {
  /** Without a frame a live camera is opened again. */
  frame: 1500,
  /** The same for its first frame: slow phones need this long to warm up. */
  firstFrame: 4000,
  /** Without use the torch goes off, and the camera is let go: the battery. */
  torch: 45_000,
  idle: 60_000,
  /** Out of sight it is let go, to be opened again when the page is back. */
  hidden: 10_000,
  /** A camera another program holds is asked for again. */
  busyRetry: 5000,
  /** One that showed no frame is too: a call may have had it. */
  failedRetry: 30_000,
} as const;
/** Openings in a row that showed no frame; then it is broken. */
const openingLimit = 3;

/** All that decides what the camera does next. Times are milliseconds of the page's clock. */
export interface CameraState {
  readonly status: CameraStatus;
  /** Which stream is meant: an answer that belongs to an earlier one counts no more. */
  readonly session: number;
  /** The browser is being asked for a stream. */
  readonly isOpening: boolean;
  readonly openingsWithoutFrame: number;
  readonly usedAt: number;
  /** When the next frame is due. */
  readonly frameBy: number;
  readonly askedAt: number;
  /** When the page was last in sight. */
  readonly seenAt: number;
  /** Let go because the page was out of sight, not because nobody used it. */
  readonly isAsleep: boolean;
  /** Outlives a camera that had to be opened again. */
  readonly torchOn: boolean;
  /** Times the guard wants the picture enlarged; kept when the lens changes. */
  readonly zoom: number;
}

/** Before the first start. */
export const cameraOff: CameraState = {
  status: { kind: 'off' },
  session: 0,
  isOpening: false,
  openingsWithoutFrame: 0,
  usedAt: 0,
  frameBy: 0,
  askedAt: 0,
  seenAt: 0,
  isAsleep: false,
  torchOn: false,
  zoom: 1,
};

/** What happened. `isDead`: there is no track, or it ended. */
export type CameraHappening =
  | { readonly kind: 'start' | 'resumed'; readonly isDead: boolean }
  /** `used`: a code was read, a card was closed. `plugged`: a camera came, or was allowed. */
  | { readonly kind: 'stop' | 'used' | 'frame' | 'plugged' | 'lens-chosen' }
  /** A look at the page, a few times a second. `isShown`: off the page no frame is announced. */
  | {
      readonly kind: 'tick';
      readonly isHidden: boolean;
      readonly isDead: boolean;
      readonly isShown: boolean;
    }
  | {
      readonly kind: 'opened';
      readonly session: number;
      readonly lenses: number;
      readonly torch: boolean;
      readonly torchOn: boolean;
    }
  | { readonly kind: 'refused'; readonly session: number; readonly problem: CameraProblem }
  | { readonly kind: 'torch-set'; readonly session: number; readonly on: boolean }
  | { readonly kind: 'zoomed'; readonly times: number }
  | { readonly kind: 'hint'; readonly hint: CameraHint | undefined };

export type CameraEvent = CameraHappening & { readonly now: number };

/** In this order: let the stream go, ask for one, put the torch out, say the status once more. */
export type CameraEffect = 'let-go' | 'open' | 'torch-off' | 'say-again';

export interface CameraStep {
  readonly state: CameraState;
  readonly effects: readonly CameraEffect[];
}

/** The next state, and what is to be done to the browser's camera. A changed status is to be said. */
export function afterCamera(state: CameraState, event: CameraEvent): CameraStep {
  const { now } = event;
  switch (event.kind) {
    case 'start':
      return started(state, event);
    case 'stop':
      return letGo({ ...state, torchOn: false }, { kind: 'off' });
    case 'tick':
      return ticked(state, event);
    case 'resumed':
      return resumed(state, event);
    case 'plugged':
      return opensIf(state.status.kind === 'problem', { ...state, openingsWithoutFrame: 0 }, now);
    case 'used':
      return opensIf(state.status.kind === 'paused', { ...state, usedAt: now }, now);
    case 'frame':
      return stay({ ...state, frameBy: now + cameraLimits.frame, openingsWithoutFrame: 0 });
    case 'lens-chosen':
      return state.status.kind === 'live'
        ? openAnew({ ...state, torchOn: false }, now)
        : stay(state);
    default:
      return answered(state, event);
  }
}

type Of<Kind extends CameraEvent['kind']> = Extract<CameraEvent, { kind: Kind }>;
type Answer = Of<'opened' | 'refused' | 'torch-set' | 'zoomed' | 'hint'>;

/** What the browser's camera answered, and what is shown beside its picture. */
function answered(state: CameraState, event: Answer): CameraStep {
  if ('session' in event && event.session !== state.session) return stay(state);
  switch (event.kind) {
    case 'opened':
      return opened(state, event);
    case 'refused':
      return letGo(state, { kind: 'problem', problem: event.problem });
    case 'torch-set': {
      const usedAt = event.on ? event.now : state.usedAt;
      return live({ ...state, torchOn: event.on, usedAt }, { torchOn: event.on });
    }
    case 'zoomed':
      return live({ ...state, zoom: event.times }, { zoom: event.times });
    case 'hint':
      return hinted(state, event.hint);
  }
}

function started(state: CameraState, { now, isDead }: Of<'start' | 'resumed'>): CameraStep {
  const { status } = state;
  const next = { ...state, usedAt: now, seenAt: now, openingsWithoutFrame: 0 };
  if (status.kind === 'live') {
    return isDead ? openAnew(next, now) : { state: next, effects: ['say-again'] };
  }
  // somebody asked: what was refused before is not retried unseen
  return open({ ...next, status: { kind: 'starting' } }, now);
}

function ticked(state: CameraState, event: Of<'tick'>): CameraStep {
  const { now } = event;
  if (event.isHidden) {
    const isOver = state.status.kind === 'live' && now - state.seenAt > cameraLimits.hidden;
    return isOver ? pause({ ...state, isAsleep: true }) : stay(state);
  }
  const seen = { ...state, seenAt: now };
  const retry = retryOf(state);
  if (retry !== undefined) return opensIf(now - state.askedAt > retry, seen, now);
  if (state.status.kind !== 'live') return stay(seen);
  const unused = now - state.usedAt;
  if (unused > cameraLimits.idle) return pause(seen);
  if (event.isDead || (event.isShown && now > state.frameBy)) return reopen(seen, now);
  const effects = state.torchOn && unused > cameraLimits.torch ? (['torch-off'] as const) : [];
  return { state: seen, effects };
}

function resumed(state: CameraState, { now, isDead }: Of<'start' | 'resumed'>): CameraStep {
  const awake = { ...state, frameBy: now + cameraLimits.firstFrame, isAsleep: false };
  if (state.status.kind === 'live' && isDead) return reopen(awake, now);
  const isWanted = state.isAsleep && state.status.kind === 'paused';
  return opensIf(retryOf(state) !== undefined || isWanted, awake, now);
}

function opened(state: CameraState, event: Of<'opened'>): CameraStep {
  const { now, torch, torchOn, lenses } = event;
  const { zoom } = state;
  const status = { kind: 'live', torch, torchOn, lenses, zoom } as const;
  const frameBy = now + cameraLimits.firstFrame;
  return stay({ ...state, status, isOpening: false, torchOn, usedAt: now, frameBy });
}

function hinted(state: CameraState, hint: CameraHint | undefined): CameraStep {
  if (state.status.kind !== 'live' || state.status.hint === hint) return stay(state);
  const { hint: _, ...status } = state.status;
  return stay({ ...state, status: hint === undefined ? status : { ...status, hint } });
}

/** Milliseconds after which a camera that somebody else has is asked for again by itself. */
function retryOf({ status }: CameraState): number | undefined {
  if (status.kind !== 'problem') return undefined;
  if (status.problem === 'busy') return cameraLimits.busyRetry;
  return status.problem === 'failed' ? cameraLimits.failedRetry : undefined;
}

const stay = (state: CameraState): CameraStep => ({ state, effects: [] });

function live(state: CameraState, change: { torchOn?: boolean; zoom?: number }): CameraStep {
  if (state.status.kind !== 'live') return stay(state);
  return stay({ ...state, status: { ...state.status, ...change } });
}

const pause = (state: CameraState) => letGo({ ...state, torchOn: false }, { kind: 'paused' });

const opensIf = (isWanted: boolean, state: CameraState, now: number): CameraStep =>
  isWanted ? open(state, now) : stay(state);

/** One asking at a time. A retry goes unseen: the problem stays until there is a picture. */
function open(state: CameraState, now: number): CameraStep {
  if (state.isOpening) return stay(state);
  const status: CameraStatus =
    state.status.kind === 'problem' ? state.status : { kind: 'starting' };
  const next = { ...state, status, isOpening: true, isAsleep: false, askedAt: now };
  return { state: next, effects: ['open'] };
}

/** Same start, other stream: the picture froze, or the system took the camera. */
function reopen(state: CameraState, now: number): CameraStep {
  const openingsWithoutFrame = state.openingsWithoutFrame + 1;
  const next = { ...state, openingsWithoutFrame };
  if (openingsWithoutFrame < openingLimit) return openAnew(next, now);
  return letGo(next, { kind: 'problem', problem: 'failed' });
}

function openAnew(state: CameraState, now: number): CameraStep {
  const opening = open(letGo(state, { kind: 'starting' }).state, now);
  return { state: opening.state, effects: ['let-go', ...opening.effects] };
}

function letGo(state: CameraState, status: CameraStatus): CameraStep {
  const next = { ...state, status, session: state.session + 1, isOpening: false };
  return { state: next, effects: ['let-go'] };
}
