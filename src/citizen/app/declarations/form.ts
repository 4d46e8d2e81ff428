import * as v from 'valibot';
import { utf8Length } from '../../../core/bytes.ts';
import { type Declaration, declaration, type Symptom } from '../../../core/health/declaration.ts';
import { isClaimText } from '../../../core/pass/claim-text.ts';
import { err, ok, type Result } from '../../../core/result.ts';

/**
 * A declaration as somebody fills it in. A question is unanswered until it is answered: none has a
 * default, for a wrong colour begins with an answer nobody gave.
 */
export interface DeclarationForm {
  readonly phone: string;
  readonly address: string;
  readonly district: string;
  /** Feels ill in one of the ways of `symptoms`. */
  readonly ill?: boolean;
  readonly symptoms: readonly Symptom[];
  readonly contact?: boolean;
  /** Has been to other districts in the last 14 days. */
  readonly travelled?: boolean;
  readonly travel: readonly string[];
  readonly abroad?: boolean;
  /** Where they are now, when they say so; empty: not said. */
  readonly seenAt: string;
}

export const emptyForm: DeclarationForm = {
  ...{ phone: '', address: '', district: '' },
  ...{ symptoms: [], travel: [], seenAt: '' },
};

/** The fields that can be wrong, in the order of the page. */
export const formFields = [
  'phone',
  'address',
  'district',
  'seenAt',
  'ill',
  'symptoms',
  'contact',
  'travelled',
  'travel',
  'abroad',
] as const;
export type FormField = (typeof formFields)[number];

/** `missing` nothing is there, `shape` not what it looks like, `long` too much, `unseen` characters nobody sees. */
export type FormProblem = 'missing' | 'shape' | 'long' | 'unseen';
export type FormProblems = Readonly<Partial<Record<FormField, FormProblem>>>;

const mostAddressBytes = 300;
export const mostTravel = 20;

/** Full-width digits and blanks are habits of typing. */
const typed = (text: string): string => text.normalize('NFKC').replace(/\s+/g, ' ').trim();
/** An address keeps its characters; lines become blanks. */
const line = (text: string): string => text.normalize('NFC').replace(/\s+/g, ' ').trim();

const isDistrict = (code: string): boolean => v.is(declaration.entries.district, code);
const isPhone = (text: string): boolean =>
  v.is(declaration.entries.phone, text) && (text.match(/\d/g)?.length ?? 0) >= 5;

function addressProblem(address: string): FormProblem | undefined {
  if (address === '') return 'missing';
  if ((utf8Length(address) ?? 0) > mostAddressBytes) return 'long';
  return isClaimText(address, mostAddressBytes) ? undefined : 'unseen';
}

const districtProblem = (code: string): FormProblem | undefined =>
  code === '' ? 'missing' : isDistrict(code) ? undefined : 'shape';

function travelProblem({ travelled, travel }: DeclarationForm): FormProblem | undefined {
  if (!travelled) return undefined;
  const named = travel.map(typed).filter((code) => code !== '');
  if (named.length === 0) return 'missing';
  if (new Set(named).size > mostTravel) return 'long';
  return named.every(isDistrict) ? undefined : 'shape';
}

/** What is wrong with each field; empty when it can be sent. */
export function problemsOf(form: DeclarationForm): FormProblems {
  const phone = typed(form.phone);
  const unanswered = (answer: boolean | undefined) =>
    answer === undefined ? 'missing' : undefined;
  const found: Partial<Record<FormField, FormProblem | undefined>> = {
    phone: phone === '' ? 'missing' : isPhone(phone) ? undefined : 'shape',
    address: addressProblem(line(form.address)),
    district: districtProblem(typed(form.district)),
    seenAt: form.seenAt === '' || isDistrict(typed(form.seenAt)) ? undefined : 'shape',
    ill: unanswered(form.ill),
    symptoms: form.ill && form.symptoms.length === 0 ? 'missing' : undefined,
    contact: unanswered(form.contact),
    travelled: unanswered(form.travelled),
    travel: travelProblem(form),
    abroad: unanswered(form.abroad),
  };
  return Object.fromEntries(
    Object.entries(found).filter((entry) => entry[1] !== undefined),
  ) as FormProblems;
}

/** The declaration as the service takes it, or what is wrong by field. */
export function readForm(form: DeclarationForm): Result<Declaration, FormProblems> {
  const problems = problemsOf(form);
  if (Object.keys(problems).length > 0) return err(problems);
  const seenAt = typed(form.seenAt);
  return ok({
    phone: typed(form.phone),
    address: line(form.address),
    district: typed(form.district),
    symptoms: form.ill ? [...new Set(form.symptoms)] : [],
    contact: form.contact === true,
    travel: form.travelled
      ? [...new Set(form.travel.map(typed).filter((code) => code !== ''))]
      : [],
    abroad: form.abroad === true,
    ...(seenAt !== '' && { seenAt }),
  });
}

/**
 * Where the next one begins: how to reach them and where they live as they said last, every question
 * open again, for yesterday's answer is not today's.
 */
export const nextForm = (last: Declaration | undefined): DeclarationForm =>
  last === undefined
    ? emptyForm
    : { ...emptyForm, phone: last.phone, address: last.address, district: last.district };

/** Whether two say the same: what came in after a broken line is then the one that was sent. */
export function saysSame(a: Declaration, b: Declaration): boolean {
  const said = (one: Declaration) =>
    JSON.stringify([
      ...[one.phone, one.address, one.district, one.symptoms, one.contact, one.travel],
      ...[one.abroad, one.seenAt ?? null],
    ]);
  return said(a) === said(b);
}

/** Whether anything was filled in that is not as it began. */
export const isTouched = (form: DeclarationForm, begun: DeclarationForm): boolean =>
  JSON.stringify(form) !== JSON.stringify(begun);
