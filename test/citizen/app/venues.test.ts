import { expect, it } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { sliceOf } from '../../../src/citizen/app/slice-of.ts';
import type { CitizenStore } from '../../../src/citizen/app/store.ts';
import { createVenues, readVenue } from '../../../src/citizen/app/venues/venues-actions.ts';
import { emptyVenue, noVenues } from '../../../src/citizen/app/venues/venues-state.ts';
import type { OwnApplication, VenueApplication } from '../../../src/core/place/application.ts';
import { err, ok } from '../../../src/core/result.ts';
import { epochMillis } from '../../../src/core/units.ts';
import type { Refusal } from '../../../src/ports/ask-json.ts';

const good = { name: '天津图书馆南门', venue: 'other', district: '120103', gate: '' } as const;

/** The desk's side as a page sees it. */
function desk() {
  const store = createStore(() => ({ venues: noVenues })) as unknown as CitizenStore;
  const listed: OwnApplication[] = [];
  const asked: VenueApplication[] = [];
  const says: { refusal?: Refusal; takes: boolean } = { takes: true };
  const venues = createVenues(sliceOf(store, 'venues'), {
    venueApplications: async () => ok({ applications: [...listed] }),
    async applyForVenue(venue) {
      asked.push(venue);
      const at = epochMillis(1);
      if (says.takes) listed.push({ id: `a${asked.length}`, ...venue, state: 'asked', at });
      return says.refusal ? err(says.refusal) : ok({});
    },
  });
  return { venues, asked, says, now: () => store.getState().venues };
}

it('an application goes as it is filled in, and stands in the list', async () => {
  const { venues, asked, now } = desk();
  venues.change({ ...good, name: ' 天津图书馆  南门 ', gate: 'ｇate-1' });
  await venues.send();
  expect(asked).toEqual([
    { name: '天津图书馆 南门', venue: 'other', district: '120103', place: 'gate-1' },
  ]);
  expect(now()).toMatchObject({
    isDone: true,
    form: emptyVenue,
    applications: [{ state: 'asked' }],
  });
});

it('what is wrong is said by field, and nothing is sent', async () => {
  const { venues, asked, now } = desk();
  await venues.send();
  expect(now().problems).toEqual({ name: 'missing', venue: 'missing', district: 'missing' });
  expect(asked).toEqual([]);
  const wrong = (over: object) => {
    const read = readVenue({ ...good, ...over });
    return read.ok ? {} : read.error;
  };
  expect(wrong({})).toEqual({});
  expect(wrong({ name: '馆'.repeat(21) })).toEqual({});
  expect(wrong({ name: '馆'.repeat(22) })).toEqual({ name: 'long' });
  expect(wrong({ name: 'a\u202eb' })).toEqual({ name: 'unseen' });
  expect(wrong({ district: '12010' })).toEqual({ district: 'shape' });
  expect(wrong({ gate: 'a gate' })).toEqual({ gate: 'shape' });
});

it('what was not taken stays in the form with why', async () => {
  const { venues, says, now } = desk();
  says.takes = false;
  says.refusal = { code: 'too-many', waitS: 60 };
  venues.change(good);
  await venues.send();
  expect(now()).toMatchObject({ isDone: false, refused: { code: 'too-many' }, form: good });
});

it('sent over a line that broke it is looked for before it counts as lost', async () => {
  const { venues, says, now } = desk();
  says.refusal = { code: 'offline' };
  venues.change(good);
  await venues.send();
  expect(now()).toMatchObject({ isDone: true, refused: undefined, form: emptyVenue });
  says.takes = false;
  venues.change({ ...good, name: '另一个' });
  await venues.send();
  expect(now()).toMatchObject({ isDone: false, refused: { code: 'offline' } });
});
