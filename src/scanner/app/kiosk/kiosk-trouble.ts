import { limits } from '../../../core/limits.ts';
import { isSure, mayDecide, type TrustedNow } from '../../../core/time/trusted-now.ts';
import { isTooOld } from '../../../core/trust/app-version.ts';
import type { TrustView } from '../../../core/trust/view.ts';
import { toSeconds } from '../../../core/units.ts';
import { ruleFor } from '../../../core/verify/venue-rules.ts';
import type { AppState } from '../state.ts';
import type { Gate } from '../stores.ts';
import type { KioskPlan, KioskRefusal, KioskTrouble } from './kiosk-state.ts';

type Watched = Pick<AppState, 'camera'> &
  Partial<Pick<AppState, 'gate' | 'shift' | 'storageFault' | 'wedgeTrouble'>>;

/** What a kiosk is looked at by. `darkMs`: how long its camera has shown no picture. */
export interface KioskScene {
  readonly plan: KioskPlan;
  readonly state: Watched;
  readonly now: TrustedNow;
  readonly trust: TrustView | undefined;
  /** Version of this app. */
  readonly app: string;
  readonly darkMs: number;
}

/** Milliseconds a camera may take to show a picture before people are told. */
const longDarkMs = 20_000;

/**
 * Why nobody is let in here now, the gravest first. A kiosk is stricter than a guard's phone: a clock
 * that is not sure and a list over 48 h old are enough, for nobody is there to look twice.
 */
export function kioskTrouble(scene: KioskScene): KioskTrouble | undefined {
  const { plan, state, now, trust, app, darkMs } = scene;
  const { gate, shift, storageFault, camera } = state;
  if (storageFault !== undefined) return 'storage';
  if (!gate || !shift || shift.pausedAt !== undefined) return 'starting';
  if (!trust || trust.outdated || isTooOld(app, trust.bundle.minimumApp)) return 'rules';
  if (!isSure(now) || !mayDecide(now)) return 'clock';
  if (toSeconds(now.at) >= trust.exp) return 'rules';
  if (now.listsTooOld || isListTooOld(trust, now)) return 'list';
  const ruled = kioskRefusal(trust, gate, plan);
  if (ruled) return ruled;
  if (plan.camera === 'none') return state.wedgeTrouble === undefined ? undefined : 'scanner';
  return camera.kind === 'problem' || darkMs > longDarkMs ? 'camera' : undefined;
}

/** These say nothing of a code that came all the same: by a hardware scanner beside a dead camera. */
export const isDeaf = (trouble: KioskTrouble | undefined): boolean =>
  trouble !== undefined && trouble !== 'camera' && trouble !== 'scanner';

function isListTooOld({ lists }: TrustView, { at }: TrustedNow): boolean {
  const oldest = Math.min(...[...lists.values()].map(({ iat }) => iat));
  return Number.isFinite(oldest) && toSeconds(at) - oldest > limits.listTooOldS;
}

/** Why nobody could ever pass at a kiosk of this gate: its rule has a person decide, or measure. */
export function kioskRefusal(
  { bundle }: Pick<TrustView, 'bundle'>,
  gate: Gate,
  { scannedWith }: Pick<KioskPlan, 'scannedWith'>,
): KioskRefusal | undefined {
  const rule = ruleFor(bundle, gate);
  if (!rule || rule.outdated || rule.mode === 'original-way') return 'original-way';
  if (rule.mode !== 'required' || rule.temperature === 'none') return undefined;
  // everybody is measured before the code is shown, and the supervisor has said with what
  const isMeasured = rule.temperature === 'exception' && scannedWith !== undefined;
  return isMeasured ? undefined : 'temperature';
}
