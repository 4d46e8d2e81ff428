import type { Refusal as Why } from '../../app/remote.ts';
import { en } from '../../words/en.ts';
import { useDesk, useWords, type Words } from '../use-console.ts';
import css from './desk.module.css';

type Key = 'refusal.offline';

/** What a refusal means and what to do about it. */
export function refusalText({ t, f }: Words, { code, waitS = 60, issuing, againAt }: Why): string {
  if (code === 'too-many' && againAt !== undefined)
    return t('refusal.too-many-until', { time: f.time(againAt) });
  if (code === 'too-many') return t('refusal.too-many', { seconds: waitS });
  const own = `issuing.refusal.${code}`;
  if (issuing && Object.hasOwn(en, own)) return t(own as Key);
  const key = `refusal.${code}`;
  const isKnown = Object.hasOwn(en, key) && !/^refusal\.(other|too-many.*)$/.test(key);
  return isKnown ? t(key as Key) : t('refusal.other', { code });
}

/** Says why something was not done; read aloud at once. */
export function Refusal({ why }: { why: Why | undefined }) {
  const words = useWords();
  return (
    <div role="alert">
      {why && (
        <p className={css['note']} data-kind="wrong">
          {refusalText(words, why)}
        </p>
      )}
    </div>
  );
}

/** The same of whatever was asked last. */
export const LastRefusal = () => <Refusal why={useDesk((state) => state.refusal)} />;
