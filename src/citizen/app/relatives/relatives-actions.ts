import type { Remote } from '../remote.ts';
import { type CitizenStore, put } from '../store.ts';

export interface RelativesActions {
  refresh(): Promise<void>;
}

export const createRelatives = (
  store: CitizenStore,
  remote: Pick<Remote, 'relatives'>,
): RelativesActions => ({
  async refresh() {
    const answer = await remote.relatives();
    const { refusal: _, ...known } = store.getState().relatives;
    put(store, 'relatives', answer.ok ? answer.value : { ...known, refusal: answer.error });
  },
});
