import { expect, it } from 'vitest';
import { stillWaiting } from '../../../../../src/console/ui/issuing/appeals/still-waiting.ts';
import type { WaitingAppeals } from '../../../../../src/core/health/desk-answers.ts';

const page = (...ids: readonly string[]) =>
  ({
    appeals: ids.map((id, at) => ({ id, at })),
    waiting: 9,
    more: true,
  }) as unknown as WaitingAppeals;
const idsOf = (pages: readonly WaitingAppeals[], answered: readonly string[]) =>
  stillWaiting(pages, answered).map(({ id }) => id);

it('an appeal that has moved to the page before is shown once, in its place', () => {
  expect(idsOf([page('b', 'c', 'd'), page('d', 'e')], [])).toEqual(['b', 'c', 'd', 'e']);
});

it('one that was answered here is gone, though a page of before still holds it', () => {
  expect(idsOf([page('a', 'b'), page('c', 'd')], ['c'])).toEqual(['a', 'b', 'd']);
});

it('all that are shown may be answered while later ones wait', () => {
  expect(idsOf([page('a')], ['a'])).toEqual([]);
});
