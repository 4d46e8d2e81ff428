import type { FormField, FormProblem } from '../../app/declarations/form.ts';
import type { Translate } from '../../words/translate.ts';

/** What is wrong with a field, and what to do. */
export function wrongText(t: Translate, field: FormField, problem: FormProblem): string {
  switch (field) {
    case 'phone':
      return t(problem === 'missing' ? 'declare.wrong.phone.missing' : 'declare.wrong.phone.shape');
    case 'address':
      if (problem === 'long') return t('declare.wrong.address.long');
      return t(
        problem === 'unseen' ? 'declare.wrong.address.unseen' : 'declare.wrong.address.missing',
      );
    case 'district':
    case 'seenAt':
      return t(
        problem === 'missing' ? 'declare.wrong.district.missing' : 'declare.wrong.district.shape',
      );
    case 'symptoms':
      return t('declare.wrong.symptoms');
    case 'travel':
      if (problem === 'long') return t('declare.wrong.travel.long');
      return t(
        problem === 'shape' ? 'declare.wrong.district.shape' : 'declare.wrong.travel.missing',
      );
    default:
      return t('declare.wrong.answer');
  }
}
