import type { Remote } from '../remote.ts';
import type { Slice } from '../slice-of.ts';
import type { RecordState } from './declarations-state.ts';

export interface RecordActions {
  /** Asks for the 14 days of somebody; what was shown of them stays meanwhile. */
  open(whose: string | undefined): Promise<void>;
}

export function createRecord(
  { get, set }: Slice<RecordState>,
  remote: Pick<Remote, 'declarations'>,
): RecordActions {
  let asked = 0;
  return {
    async open(whose) {
      const mine = ++asked;
      if (get().whose !== whose) set({ whose, declarations: undefined });
      set({ loading: true, refusal: undefined });
      const answer = await remote.declarations(whose);
      if (mine !== asked) return;
      set({
        loading: false,
        ...(answer.ok ? { declarations: answer.value.declarations } : { refusal: answer.error }),
      });
    },
  };
}
