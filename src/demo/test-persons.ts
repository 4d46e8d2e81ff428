import type { Identity } from '../authority/store/persons.ts';
import { checkCharacter } from '../core/health/check-digits.ts';

const withCheck = (digits: string): string => digits + (checkCharacter(digits) ?? '');

/** Somebody invented, and what they are there to show. */
export interface TestPerson extends Identity {
  readonly id: string;
  readonly shows: string;
}

const person = (
  id: string,
  type: Identity['type'],
  number: string,
  name: string,
  shows: string,
): TestPerson => ({ id, type, number, name, shows });

/**
 * One for each type of document, a family, and two whose states are not green by what the demo's source
 * tells of them: all of them invented.
 */
export const testPersons: readonly TestPerson[] = [
  person('zhang', 'resident-id', withCheck('12010119800101001'), '张小三', 'a mother of two'),
  person('li', 'resident-id', withCheck('12010119790202003'), '李建国', 'the father'),
  person('wang', 'resident-id', withCheck('12010119500303004'), '王秀英', 'a grandmother'),
  person(
    'orange',
    'resident-id',
    withCheck('12010119880808008'),
    '赵清和',
    'orange: a close contact',
  ),
  person('red', 'resident-id', withCheck('12010119920909009'), '孙立春', 'red: ordered to isolate'),
  person('hong-kong', 'residence-permit', withCheck('81000019900307001'), '陳大文', 'Hong Kong'),
  person('macao', 'hk-macao-permit', 'M12345678', '何小明', 'Macao, by travel permit'),
  person('taiwan', 'taiwan-permit', '12345678', '林美玲', 'Taiwan, by travel permit'),
  person('resident', 'permanent-residence', withCheck('91284019850101001'), 'Anna Berg', 'a card'),
  person('card-2017', 'permanent-residence-2017', 'USA120085010112', 'John Smith', 'an older card'),
  person('passport', 'passport', 'C01X00T47', 'Erika Mustermann', 'a passport'),
];

/** Children of the family: they sign in nowhere. */
export const testChildren: readonly Identity[] = [
  { type: 'resident-id', number: withCheck('12010120150505005'), name: '李小花' },
  { type: 'resident-id', number: withCheck('12010120180606006'), name: '李小树' },
];
