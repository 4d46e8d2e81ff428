import type { Refusal as Why } from '../../../ports/ask-json.ts';
import { en } from '../../words/en.ts';
import type { Translate } from '../../words/translate.ts';
import { useWords } from '../use-citizen.ts';
import css from './page.module.css';

/** What a refusal means and what to do about it. */
export function refusalText(t: Translate, { code, waitS = 60 }: Why): string {
  if (code === 'too-many') return t('refusal.too-many', { minutes: Math.ceil(waitS / 60) });
  const key = `refusal.${code}`;
  const isKnown = Object.hasOwn(en, key) && key !== 'refusal.other' && key !== 'refusal.too-many';
  return isKnown ? t(key as 'refusal.offline') : t('refusal.other', { code });
}

/** Says why something was not done; read aloud at once. */
export function Refusal({ why }: { why: Why | undefined }) {
  const { t } = useWords();
  return <div role="alert">{why && <p className={css['note']}>{refusalText(t, why)}</p>}</div>;
}
