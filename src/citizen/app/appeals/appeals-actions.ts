import { doubtful } from '../doubt.ts';
import type { Remote } from '../remote.ts';
import type { Slice } from '../slice-of.ts';
import {
  type AppealForm,
  type AppealsState,
  appealProblems,
  emptyAppeal,
  openAppeal,
} from './appeals-state.ts';

export interface AppealsActions {
  refresh(): Promise<void>;
  change(change: Partial<AppealForm>): void;
  send(): Promise<void>;
}

/** Appeals against a colour, one at a time. */
export function createAppeals(
  { get, set }: Slice<AppealsState>,
  remote: Pick<Remote, 'appeals' | 'appeal'>,
): AppealsActions {
  let asked = 0;

  async function refresh(): Promise<void> {
    const mine = ++asked;
    set({ loading: true, refusal: undefined });
    const answer = await remote.appeals();
    if (mine !== asked) return;
    set({
      loading: false,
      ...(answer.ok ? { appeals: answer.value.appeals } : { refusal: answer.error }),
    });
  }

  /** Whether what was sent is the one that waits now. */
  const cameIn = (text: string): boolean => openAppeal(get())?.text === text;

  async function send(): Promise<void> {
    const { form, sending } = get();
    const problems = appealProblems(form);
    set({ problems, looked: get().looked + 1, isDone: false });
    const { class: reason } = form;
    if (sending || reason === '' || Object.keys(problems).length > 0) return;
    set({ sending: true, refused: undefined });
    const text = form.text.trim();
    const answer = await remote.appeal(reason, text);
    if (answer.ok || answer.error.code === 'appeal-open' || doubtful(answer.error)) await refresh();
    const isDone = answer.ok || cameIn(text);
    set({
      ...{ sending: false, isDone },
      ...(isDone ? { form: emptyAppeal } : { refused: answer.ok ? undefined : answer.error }),
    });
  }

  return {
    refresh,
    change: (change) => set({ form: { ...get().form, ...change }, problems: {}, isDone: false }),
    send,
  };
}
