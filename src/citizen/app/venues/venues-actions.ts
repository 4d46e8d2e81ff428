import * as v from 'valibot';
import { utf8Length } from '../../../core/bytes.ts';
import { districtCode } from '../../../core/health/declaration.ts';
import { isGateId } from '../../../core/ids.ts';
import { limits } from '../../../core/limits.ts';
import { isClaimText } from '../../../core/pass/claim-text.ts';
import type { VenueApplication } from '../../../core/place/application.ts';
import { err, ok, type Result } from '../../../core/result.ts';
import { doubtful } from '../doubt.ts';
import type { Remote } from '../remote.ts';
import type { Slice } from '../slice-of.ts';
import {
  emptyVenue,
  type VenueForm,
  type VenueProblems,
  type VenuesState,
} from './venues-state.ts';

export interface VenuesActions {
  refresh(): Promise<void>;
  change(change: Partial<VenueForm>): void;
  send(): Promise<void>;
}

/** The application as the service takes it, or what is wrong by field. */
export function readVenue(form: VenueForm): Result<VenueApplication, VenueProblems> {
  const name = form.name.normalize('NFC').replace(/\s+/g, ' ').trim();
  const district = form.district.normalize('NFKC').trim();
  const gate = form.gate.normalize('NFKC').trim();
  const { venue } = form;
  const wrong = {
    name: nameProblem(name),
    venue: venue === '' ? ('missing' as const) : undefined,
    district: districtProblem(district),
    gate: gate === '' || isGateId(gate) ? undefined : ('shape' as const),
  };
  const problems = Object.fromEntries(
    Object.entries(wrong).filter(([, problem]) => problem !== undefined),
  );
  if (venue === '' || Object.keys(problems).length > 0) return err(problems);
  return ok({ name, venue, district, ...(gate !== '' && { place: gate }) });
}

function nameProblem(name: string): VenueProblems['name'] | undefined {
  if (name === '') return 'missing';
  if ((utf8Length(name) ?? 0) > limits.placeNameBytes) return 'long';
  return isClaimText(name, limits.placeNameBytes) ? undefined : 'unseen';
}

const districtProblem = (code: string): VenueProblems['district'] | undefined =>
  code === '' ? 'missing' : v.is(districtCode, code) ? undefined : 'shape';

/** Applying for a code of a place, and what became of it. */
export function createVenues(
  { get, set }: Slice<VenuesState>,
  remote: Pick<Remote, 'venueApplications' | 'applyForVenue'>,
): VenuesActions {
  let asked = 0;

  async function refresh(): Promise<void> {
    const mine = ++asked;
    set({ loading: true, refusal: undefined });
    const answer = await remote.venueApplications();
    if (mine !== asked) return;
    set({
      loading: false,
      ...(answer.ok ? { applications: answer.value.applications } : { refusal: answer.error }),
    });
  }

  async function send(): Promise<void> {
    const { form, sending } = get();
    const read = readVenue(form);
    set({ problems: read.ok ? {} : read.error, looked: get().looked + 1, isDone: false });
    if (sending || !read.ok) return;
    set({ sending: true, refused: undefined });
    const before = new Set(get().applications?.map(({ id }) => id));
    const answer = await remote.applyForVenue(read.value);
    if (answer.ok || doubtful(answer.error)) await refresh();
    // no answer came, and it stands in the list all the same
    const cameIn = get().applications?.some(
      ({ id, name }) => !before.has(id) && name === read.value.name,
    );
    const isDone = answer.ok || (doubtful(answer.error) && cameIn === true);
    set({
      ...{ sending: false, isDone },
      ...(isDone ? { form: emptyVenue } : { refused: answer.ok ? undefined : answer.error }),
    });
  }

  return {
    refresh,
    change: (change) => set({ form: { ...get().form, ...change }, problems: {}, isDone: false }),
    send,
  };
}
