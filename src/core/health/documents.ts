import { err, ok, type Result } from '../result.ts';
import { dayOfDigits, hasGoodCheck } from './check-digits.ts';

/** A document as everything below keys on it: one spelling, so that one person has one code. */
export interface DocumentId {
  readonly type: DocumentType;
  readonly number: string;
}

/**
 * What is wrong with a number: `shape` not what this type looks like, `region` no place of it,
 * `birth` no day of the calendar or one to come, `check` the check character is another.
 */
export type DocumentProblem = 'type' | 'shape' | 'region' | 'birth' | 'check';

interface DocumentFacts {
  /** After upper case and without blanks and hyphens. */
  readonly shape: RegExp;
  /** What is read out of a number of that shape; the number in its one spelling, or what is wrong. */
  readonly read: (number: string, today: string) => Result<string, DocumentProblem>;
  /** Where eight digits of the birth day begin, when the number holds it. */
  readonly birthAt?: number;
}

/** Mainland provinces of GB/T 2260. */
const provinces = /^(1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5])/;

/** 18 characters with a birth day and a check character, as GB 11643 has them. */
const citizenLike =
  (place: RegExp, birthAt: number) =>
  (number: string, today: string): Result<string, DocumentProblem> => {
    if (!place.test(number)) return err('region');
    const birth = dayOfDigits(number.slice(birthAt, birthAt + 8));
    if (birth === undefined || birth < '1880-01-01' || birth > today) return err('birth');
    return hasGoodCheck(number) ? ok(number) : err('check');
  };

const asItIs = (number: string): Result<string, DocumentProblem> => ok(number);

/**
 * Every type of document a person may have a code by, one row each. Where a type has no check
 * character that is published (travel permits, passports, the permanent residence card until 2023) the
 * shape is all that can be checked.
 */
export const documents = {
  'resident-id': { shape: /^\d{17}[\dX]$/, read: citizenLike(provinces, 6), birthAt: 6 },
  /** 港澳台居民居住证: 810000 Hong Kong, 820000 Macao, 830000 Taiwan. */
  'residence-permit': {
    shape: /^\d{17}[\dX]$/,
    read: citizenLike(/^8[123]0000/, 6),
    birthAt: 6,
  },
  /** 港澳居民来往内地通行证: nine characters stay for life, two more count the cards. */
  'hk-macao-permit': {
    shape: /^[HM]\d{8}(\d{2})?$/,
    read: (number: string) => ok(number.slice(0, 9)),
  },
  /** 台湾居民来往大陆通行证. */
  'taiwan-permit': { shape: /^\d{8}$/, read: asItIs },
  /** 外国人永久居留身份证 of 2023: 9, province, country by number, birth day, serial, check. */
  'permanent-residence': {
    shape: /^\d{17}[\dX]$/,
    read: citizenLike(/^9(1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5])\d{3}/, 6),
    birthAt: 6,
  },
  /** The same of before: country by letters, place, birth day by six digits, two more. */
  'permanent-residence-2017': {
    shape: /^[A-Z]{3}\d{12}$/,
    read: (number: string) => {
      const days = ['19', '20'].map((century) => dayOfDigits(century + number.slice(7, 13)));
      return days.some((day) => day !== undefined) ? ok(number) : err('birth');
    },
  },
  passport: { shape: /^[A-Z0-9]{5,20}$/, read: asItIs },
} as const satisfies Readonly<Record<string, DocumentFacts>>;

export type DocumentType = keyof typeof documents;
export const documentTypes = Object.keys(documents) as [DocumentType, ...DocumentType[]];

export const isDocumentType = (text: string): text is DocumentType =>
  Object.hasOwn(documents, text);

/** Full-width digits and letters, blanks, hyphens and brackets are habits of typing, not of the number. */
const spelled = (typed: string): string =>
  typed
    .normalize('NFKC')
    .replace(/[\s()-]/g, '')
    .toUpperCase();

/** Reads a number as somebody typed it. `today` is a day `YYYY-MM-DD`: nobody is born later. */
export function readDocument(
  type: string,
  typed: string,
  today: string,
): Result<DocumentId, DocumentProblem> {
  if (!isDocumentType(type)) return err('type');
  const facts: DocumentFacts = documents[type];
  const number = spelled(typed.slice(0, 64));
  if (!facts.shape.test(number)) return err('shape');
  const read = facts.read(number, today);
  return read.ok ? ok({ type, number: read.value }) : read;
}

/** The birth day the number holds, `YYYY-MM-DD`; undefined where its type holds none. */
export function birthOf({ type, number }: DocumentId): string | undefined {
  const { birthAt }: DocumentFacts = documents[type];
  return birthAt === undefined ? undefined : dayOfDigits(number.slice(birthAt, birthAt + 8));
}

/** Whole years between two days `YYYY-MM-DD`. */
export function ageOn(birth: string, day: string): number {
  const years = Number(day.slice(0, 4)) - Number(birth.slice(0, 4));
  return day.slice(5) < birth.slice(5) ? years - 1 : years;
}
