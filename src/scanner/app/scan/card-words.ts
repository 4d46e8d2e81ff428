import type { ManualForm } from '../../../core/log/manual.ts';
import { kioskRefusal, type OverrideReason, type Refusal } from '../../../core/log/outcome.ts';
import type { Temperature } from '../../../core/verify/venue-rules.ts';
import { isLeavingFree } from '../place/way.ts';
import { registerByHand } from './manual-entry.ts';
import { type Said, sayOutcome, writeOutcome } from './outcome.ts';
import { needsOutcome } from './scan-state.ts';
import type { ScanNeeds, ShowCard } from './show-card.ts';
import { admitMeasured, foundWarm, owesStep } from './temperature-step.ts';

/**
 * What guard and supervisor may say of the card on screen. Each is written before the card is closed;
 * each rejects with the store's `Fault`, and then the card is still there.
 */
export function cardWords(parts: ScanNeeds, show: ShowCard, close: () => void) {
  const { store, whoPassed } = parts;

  async function end(said: Said): Promise<void> {
    const { card } = store.getState();
    if (card?.seq === undefined) return;
    const { state, reason } = card.verdict;
    await sayOutcome(parts, { ref: card.seq, state, reason }, said);
    close();
  }
  const isWanted = (): boolean => {
    const { card } = store.getState();
    return card !== undefined && needsOutcome(card);
  };

  return {
    async letIn(): Promise<void> {
      const { card } = store.getState();
      // whose temperature is to be taken goes in by that, and is not waved through
      if (!card || !isWanted() || card.step || card.verdict.reason === 'temperature-needed') return;
      // who leaves where exits are free is not measured
      const isFree = card.dir === 'out' && isLeavingFree(store.getState());
      if (isFree || !owesStep(store.getState())) return end({ outcome: 'admitted', by: 'guard' });
      const { temperature } = store.getState().trust;
      const step = { step: 'temperature', ...(temperature && { temperature }) } as const;
      store.setState({ card: { ...card, ...step } });
    },
    /** The temperature of somebody who is let in; whose code only waits for it is judged anew instead. */
    async measured(reading: Temperature): Promise<void> {
      const { card } = store.getState();
      if (card?.step !== 'temperature' || card.seq === undefined) return;
      await admitMeasured(parts, show, { ...card, seq: card.seq }, reading);
      if (store.getState().card?.id === card.id) close();
    },
    foundWarm: () => foundWarm(parts, show),
    async refuse(why: Refusal): Promise<void> {
      if (isWanted()) await end({ outcome: 'refused', by: 'guard', why });
    },
    async overrule(why: OverrideReason): Promise<void> {
      const { card, supervisor } = store.getState();
      if (card?.verdict.state !== 'stop' || card.look || supervisor.state !== 'open') return;
      await end({ outcome: 'admitted', by: 'supervisor', why });
    },
    async sendToGuard(): Promise<void> {
      const { card } = store.getState();
      if (card?.seq === undefined || card.isSaid || card.verdict.state === 'pass') return;
      const { state, reason } = card.verdict;
      const said = { outcome: 'refused', by: 'scanner', why: kioskRefusal } as const;
      await writeOutcome(parts, { ref: card.seq, state, reason }, said);
      const now = store.getState().card;
      if (now?.id === card.id) store.setState({ card: { ...now, isSaid: true } });
    },
    async registerByHand(form: ManualForm): Promise<void> {
      const { card, gate } = store.getState();
      const ref = card && needsOutcome(card) ? card.seq : undefined;
      if (ref === undefined) return void (await registerByHand(parts, form));
      const isIn = form.refusal === undefined;
      if (isIn) await whoPassed.admitted(ref, gate?.id ?? '', parts.clock.now());
      try {
        const { dir: _, ...typed } = form;
        const same = { ...typed, ...(card?.dir && { dir: card.dir }) };
        if (await registerByHand(parts, same, ref)) close();
        if (!isIn) await whoPassed.refused(ref).catch(() => undefined);
      } catch (thrown) {
        if (isIn) await whoPassed.refused(ref).catch(() => undefined);
        throw thrown;
      }
    },
  };
}
