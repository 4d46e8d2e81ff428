import {
  type DocumentProblem,
  type DocumentType,
  readDocument,
} from '../../../core/health/documents.ts';
import { isClaimText } from '../../../core/pass/claim-text.ts';
import { err, ok, type Result } from '../../../core/result.ts';
import type { ChildNamed } from '../remote.ts';

/** A child as a guardian types it. */
export interface ChildForm {
  readonly type: DocumentType;
  readonly number: string;
  readonly name: string;
}

export const emptyChild: ChildForm = { type: 'resident-id', number: '', name: '' };

export interface ChildProblems {
  readonly number?: 'missing' | DocumentProblem;
  readonly name?: 'missing' | 'unseen';
}

/** The child as the service takes it, or what is wrong by field. `today` is the day in Shanghai. */
export function readChild(form: ChildForm, today: string): Result<ChildNamed, ChildProblems> {
  const name = form.name.normalize('NFC').trim();
  const document = readDocument(form.type, form.number, today);
  const number = form.number.trim() === '' ? 'missing' : document.ok ? undefined : document.error;
  const wrongName = name === '' ? 'missing' : isClaimText(name, 200) ? undefined : 'unseen';
  if (!document.ok || number || wrongName)
    return err({ ...(number && { number }), ...(wrongName && { name: wrongName }) });
  return ok({ ...document.value, name });
}

/** A consent code in its one spelling, or undefined where it is none: ten of what the service draws from. */
export function readConsent(typed: string): string | undefined {
  const code = typed.normalize('NFKC').toUpperCase().replace(/[\s-]/g, '');
  return /^[2-9A-HJ-NP-Z]{10}$/.test(code) ? code : undefined;
}

/** As it is read aloud: two groups of five. */
export const spokenConsent = (code: string): string => `${code.slice(0, 5)} ${code.slice(5)}`;
