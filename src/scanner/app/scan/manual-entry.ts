import { type ManualForm, manualBody } from '../../../core/log/manual.ts';
import { remember } from './recent.ts';
import { type ScanParts, showFlash } from './show-card.ts';

/**
 * Registers a person in the original way (原有方式): written first, shown after. A form that may not
 * be logged (a screen would not have let it through) is dropped.
 */
export async function registerByHand(
  { store, clock, writer, feedback }: Pick<ScanParts, 'store' | 'clock' | 'writer' | 'feedback'>,
  form: ManualForm,
): Promise<void> {
  const { trust, settings } = store.getState();
  const body = manualBody(form, trust.temperature?.limitC);
  if (!body.ok) return;
  remember(store, await writer.append(body.value, clock.now()));
  const { admitted } = body.value;
  store.setState(({ byHand }) => ({
    byHand: {
      admitted: byHand.admitted + (admitted ? 1 : 0),
      refused: byHand.refused + (admitted ? 0 : 1),
    },
  }));
  const state = admitted ? 'pass' : 'stop';
  showFlash(store, { state, by: 'hand' });
  const { sound, quiet, vibration } = settings;
  feedback.play(state, { sound: sound && !quiet, vibration });
}
