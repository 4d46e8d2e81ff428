import { shanghaiDay } from '../../../core/health/shanghai.ts';
import type { EpochMillis } from '../../../core/units.ts';
import type { Answer } from '../../../ports/ask-json.ts';
import type { Relatives } from '../answers.ts';
import { doubtful } from '../doubt.ts';
import type { Remote } from '../remote.ts';
import type { Slice } from '../slice-of.ts';
import type { FamilyAct, FamilyState } from './family-state.ts';
import { type ChildForm, emptyChild, readChild, readConsent } from './relatives-form.ts';

export interface FamilyActions {
  change(change: Partial<ChildForm>): void;
  type(consent: string): void;
  /** Whether it was added. */
  addChild(): Promise<boolean>;
  addAdult(): Promise<boolean>;
  makeConsent(): Promise<void>;
  /** The code that was made is over. */
  consentOver(): void;
  /** Ends it, with somebody shown or somebody who shows. */
  remove(id: string, name: string): Promise<boolean>;
}

export interface FamilyNeeds {
  readonly slice: Slice<FamilyState>;
  readonly remote: Pick<Remote, 'addChild' | 'addByConsent' | 'makeConsent' | 'dropRelative'>;
  /** The list as it is known, and asked for anew. */
  list(): Partial<Relatives>;
  refresh(): Promise<void>;
  /** The server's clock when it answered last; undefined before. */
  now(): EpochMillis | undefined;
}

/** Relatives added and removed, 家人代办, and a consent made for somebody else. */
export function createFamily(needs: FamilyNeeds): FamilyActions {
  const { slice, remote } = needs;
  const { get, set } = slice;
  const ids = () => (needs.list().relatives ?? []).map(({ id }) => id);
  /** Before the server's clock is known nobody is refused for being born too late. */
  const today = () => {
    const now = needs.now();
    return now === undefined ? '9999-12-31' : shanghaiDay(now);
  };
  const nameOf = (id: string) => needs.list().relatives?.find((one) => one.id === id)?.name ?? '';

  /** One at a time; what was refused last is forgotten, what was typed is not. */
  async function act<T>(what: FamilyAct, ask: () => Promise<Answer<T>>): Promise<T | undefined> {
    if (get().busy) return undefined;
    set({ busy: what, refused: undefined, did: undefined });
    const answer = await ask();
    set({
      busy: undefined,
      ...(!answer.ok && { refused: { act: what, why: answer.error } }),
    });
    return answer.ok ? answer.value : undefined;
  }

  /** Adds; where no answer came, whoever is new in the list has come in all the same. */
  async function add(
    what: 'child' | 'adult',
    ask: () => Promise<Answer<{ readonly id: string }>>,
  ): Promise<boolean> {
    const before = ids();
    const added = await act(what, ask);
    const why = get().refused?.why;
    if (added || (why && doubtful(why))) await needs.refresh();
    const id = added?.id ?? ids().find((one) => !before.includes(one));
    if (id === undefined) return false;
    set({ refused: undefined, did: { act: 'added', name: nameOf(id) } });
    set(what === 'child' ? { child: emptyChild } : { typed: '' });
    return true;
  }

  return {
    change: (change) => set({ child: { ...get().child, ...change }, childProblems: {} }),
    type: (typed) => set({ typed, isTypedWrong: false }),
    async addChild() {
      const read = readChild(get().child, today());
      set({ childProblems: read.ok ? {} : read.error });
      return read.ok && add('child', () => remote.addChild(read.value));
    },
    async addAdult() {
      const code = readConsent(get().typed);
      set({ isTypedWrong: code === undefined });
      return code !== undefined && add('adult', () => remote.addByConsent(code));
    },
    async makeConsent() {
      const made = await act('make', () => remote.makeConsent());
      if (made) set({ made, isMadeOver: false });
    },
    consentOver: () => set({ made: undefined, isMadeOver: true }),
    async remove(id, name) {
      const done = await act('remove', () => remote.dropRelative(id));
      await needs.refresh();
      // ended by the other one, or by a try without an answer
      const { relatives = [], shownBy = [] } = needs.list();
      const isThere = [...relatives, ...shownBy].some((one) => one.id === id);
      const isGone = done !== undefined || get().refused?.why.code === 'not-your-relative';
      if (!isGone || isThere) return false;
      set({ refused: undefined, did: { act: 'removed', name } });
      return true;
    },
  };
}
