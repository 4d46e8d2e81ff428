import type { Declaration } from '../../../core/health/declaration.ts';
import { doubtful } from '../doubt.ts';
import type { Remote } from '../remote.ts';
import type { Slice } from '../slice-of.ts';
import { type AboutWhose, type DeclareState, type Done, formOf } from './declarations-state.ts';
import {
  type DeclarationForm,
  emptyForm,
  isTouched,
  nextForm,
  problemsOf,
  readForm,
  saysSame,
} from './form.ts';

export interface DeclareActions {
  /** Begins for somebody: what they may still declare, where they live. What was filled in stays. */
  open(whose: string | undefined): Promise<void>;
  change(change: Partial<DeclarationForm>): void;
  /** To the summary, or to what is wrong. */
  review(): void;
  back(): void;
  send(): Promise<void>;
  /** Another one, after one has come in. */
  anew(): Promise<void>;
  /** The districts' names, for whoever shows them. */
  knowDistricts(): Promise<void>;
  /** Something is filled in that has not come in. */
  isUnsent(): boolean;
}

export interface DeclareNeeds {
  readonly slice: Slice<DeclareState>;
  readonly remote: Pick<Remote, 'me' | 'declarations' | 'declare' | 'districts'>;
  /** One has come in: the state may be another, and the record is. */
  cameIn(): Promise<void>;
}

/** The declaration, from the empty form to the answer. Nothing filled in is lost before it has come in. */
export function createDeclare(needs: DeclareNeeds): DeclareActions {
  const { slice, remote } = needs;
  const { get, set } = slice;
  let opened = 0;

  async function open(whose: string | undefined): Promise<void> {
    const mine = ++opened;
    const isOther = get().whose !== whose;
    if (isOther || get().step === 'done')
      set({
        whose,
        about: undefined,
        begun: emptyForm,
        step: 'form',
        problems: {},
        done: undefined,
      });
    if (isOther) set({ doubtSince: undefined });
    set({ loading: true, refusal: undefined });
    const [found, districts] = await Promise.all([lookAt(whose), loadDistricts()]);
    if (mine !== opened) return;
    const isKnown = found.ok && districts.ok;
    set({
      loading: false,
      refusal: found.ok ? (districts.ok ? undefined : districts.error) : found.error,
      ...(districts.ok && { districts: districts.value.districts }),
      ...(found.ok && { about: found.value }),
      ...(isKnown && { begun: nextForm(found.value.last) }),
    });
  }

  async function loadDistricts() {
    const { districts } = get();
    return districts ? ({ ok: true, value: { districts } } as const) : remote.districts();
  }

  async function lookAt(whose: string | undefined) {
    const self = await remote.me(whose);
    if (!self.ok) return self;
    const seesAll = whose === undefined || self.value.because !== undefined;
    const record = seesAll ? await remote.declarations(whose) : undefined;
    if (record && !record.ok) return record;
    const about: AboutWhose = {
      ...{ name: self.value.name, left: self.value.declarationsLeft },
      ...{ seesAll, now: self.value.now },
      isFirst: self.value.declaredAt === null,
      last: record?.value.declarations[0],
    };
    return { ok: true, value: about } as const;
  }

  function change(changed: Partial<DeclarationForm>): void {
    const state = get();
    const form = { ...formOf(state), ...changed };
    // what was found wrong is looked at again as it is mended; nothing new is blamed meanwhile
    const still = problemsOf(form);
    const problems = Object.fromEntries(
      Object.entries(still).filter(([field]) => field in state.problems),
    );
    set({ drafts: new Map(state.drafts).set(state.whose, form), problems });
  }

  function review(): void {
    const problems = problemsOf(formOf(get()));
    const isGood = Object.keys(problems).length === 0;
    set({ problems, looked: get().looked + 1, ...(isGood && { step: 'review' }) });
  }

  async function send(): Promise<void> {
    const { whose, sending, doubtSince } = get();
    const read = readForm(formOf(get()));
    if (sending || !read.ok) return;
    set({ sending: true, refusal: undefined });
    const done =
      doubtSince === undefined
        ? await sendOnce(read.value, whose)
        : await sendAgain(read.value, whose, doubtSince);
    if (done) {
      const drafts = new Map(get().drafts);
      drafts.delete(whose);
      const isStillHere = get().whose === whose;
      set({
        ...{ sending: false, drafts },
        ...(isStillHere && { doubtSince: undefined, step: 'done', done }),
      });
      await needs.cameIn();
    } else set({ sending: false });
  }

  async function sendOnce(
    declaration: Declaration,
    whose: string | undefined,
  ): Promise<Done | undefined> {
    const answer = await remote.declare(declaration, whose);
    if (answer.ok) return answer.value;
    const { about } = get();
    const isFull = answer.error.code === 'declared-thrice';
    set({
      refusal: answer.error,
      ...(doubtful(answer.error) && { doubtSince: about?.last?.at ?? 0 }),
      ...(isFull && about && { about: { ...about, left: 0 } }),
    });
    return undefined;
  }

  /** Looks first whether the one without an answer is there: each costs one of the day's three. */
  async function sendAgain(
    declaration: Declaration,
    whose: string | undefined,
    doubtSince: number,
  ): Promise<Done | undefined> {
    const found = await lookAt(whose);
    if (!found.ok) {
      set({ refusal: found.error });
      return undefined;
    }
    const { last, left } = found.value;
    if (last && last.at > doubtSince && saysSame(last, declaration))
      return { left, hadArrived: true };
    set({ about: found.value, doubtSince: undefined });
    return sendOnce(declaration, whose);
  }

  return {
    open,
    change,
    review,
    back: () => set({ step: 'form' }),
    send,
    async anew() {
      set({ step: 'form', problems: {}, done: undefined, about: undefined });
      await open(get().whose);
    },
    async knowDistricts() {
      const districts = await loadDistricts();
      if (districts.ok) set({ districts: districts.value.districts });
    },
    isUnsent: () => [...get().drafts.values()].some((form) => isTouched(form, get().begun)),
  };
}
