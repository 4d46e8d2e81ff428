import { type ManualForm, manualBody } from '../../../core/log/manual.ts';
import { wayNow } from '../place/way.ts';
import { clear } from '../store.ts';
import { remember } from './recent.ts';
import { type ScanNeeds, showFlash } from './show-card.ts';

/**
 * Registers a person in the original way (原有方式): written first, shown after. `ref` is the seq of the
 * scan that could not decide about the same person. A form that may not be logged (a screen would not
 * have let it through) is dropped: false.
 */
export async function registerByHand(
  { store, clock, writer, feedback }: Pick<ScanNeeds, 'store' | 'clock' | 'writer' | 'feedback'>,
  form: ManualForm,
  ref?: number,
): Promise<boolean> {
  const { trust, settings } = store.getState();
  const isOut = ref === undefined ? wayNow(store.getState()) === 'out' : form.dir === 'out';
  const { dir: _, ...typed } = form;
  const said = { ...typed, ...(isOut && ({ dir: 'out' } as const)) };
  const body = manualBody(said, trust.temperature?.limitC);
  if (!body.ok) return false;
  const entry = { ...body.value, ...(ref !== undefined && { ref }) };
  remember(store, await writer.append(entry, clock.now()));
  clear(store, 'storageFault');
  const { admitted } = body.value;
  const state = admitted ? 'pass' : 'stop';
  showFlash(store, { state, by: 'hand', ...(isOut && { left: true }) });
  const { sound, quiet, vibration } = settings;
  feedback.play(isOut && admitted ? 'admitted' : state, { sound: sound && !quiet, vibration });
  return true;
}
