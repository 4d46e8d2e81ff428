import type { Identity } from '../authority/store/persons.ts';
import { checkCharacter } from '../core/health/check-digits.ts';
import type { LocalizedText } from '../core/terms.ts';

const withCheck = (digits: string): string => digits + (checkCharacter(digits) ?? '');

/** Somebody invented, and what they are there to show. */
export interface TestPerson extends Identity {
  readonly id: string;
  readonly shows: LocalizedText;
}

const person = (
  id: string,
  type: Identity['type'],
  number: string,
  name: string,
  [cn, tw, en]: readonly [string, string, string],
): TestPerson => ({ id, type, number, name, shows: { 'zh-CN': cn, 'zh-TW': tw, en } });

/**
 * One for each type of document, a family, and two whose states are not green by what the demo's source
 * tells of them: all of them invented.
 */
export const testPersons: readonly TestPerson[] = [
  person('zhang', 'resident-id', withCheck('12010119800101001'), '张小三', [
    '两个孩子的母亲',
    '兩個孩子的母親',
    'a mother of two',
  ]),
  person('li', 'resident-id', withCheck('12010119790202003'), '李建国', [
    '孩子的父亲',
    '孩子的父親',
    'the children’s father',
  ]),
  person('wang', 'resident-id', withCheck('12010119500303004'), '王秀英', [
    '祖母',
    '祖母',
    'a grandmother',
  ]),
  person('orange', 'resident-id', withCheck('12010119880808008'), '赵清和', [
    '橙码：密切接触者',
    '橙碼：密切接觸者',
    'orange: a close contact',
  ]),
  person('red', 'resident-id', withCheck('12010119920909009'), '孙立春', [
    '红码：隔离管理',
    '紅碼：隔離管理',
    'red: ordered to isolate',
  ]),
  person('hong-kong', 'residence-permit', withCheck('81000019900307001'), '陳大文', [
    '香港，居住证',
    '香港，居住證',
    'Hong Kong, residence permit',
  ]),
  person('macao', 'hk-macao-permit', 'M12345678', '何小明', [
    '澳门，回乡证',
    '澳門，回鄉證',
    'Macao, travel permit',
  ]),
  person('taiwan', 'taiwan-permit', '12345678', '林美玲', [
    '台湾，台胞证',
    '臺灣，台胞證',
    'Taiwan, travel permit',
  ]),
  person('resident', 'permanent-residence', withCheck('91284019850101001'), 'Anna Berg', [
    '外国人永久居留身份证',
    '外國人永久居留身分證',
    'permanent residence card',
  ]),
  person('card-2017', 'permanent-residence-2017', 'USA120085010112', 'John Smith', [
    '永久居留身份证，旧版',
    '永久居留身分證，舊版',
    'permanent residence card, older form',
  ]),
  person('passport', 'passport', 'C01X00T47', 'Erika Mustermann', ['护照', '護照', 'a passport']),
];

/** Children of the family: they sign in nowhere. */
export const testChildren: readonly Identity[] = [
  { type: 'resident-id', number: withCheck('12010120150505005'), name: '李小花' },
  { type: 'resident-id', number: withCheck('12010120180606006'), name: '李小树' },
];
