import type { ReactNode } from 'react';
import type { Query } from '../../app/query.ts';
import { useWords } from '../use-console.ts';
import { Button } from './button.tsx';
import css from './desk.module.css';
import { Refusal } from './refusal.tsx';

interface Props<T> {
  query: Query<T> & { readonly refresh: () => Promise<void> };
  children: (data: T) => ReactNode;
}

/** What was asked for; while it comes, that it comes; when it does not, why, and again. */
export function Loaded<T>({ query, children }: Props<T>) {
  const { t } = useWords();
  const { data, refusal, loading, refresh } = query;
  return (
    <>
      {refusal && (
        <div className={css['row']}>
          <Refusal why={refusal} />
          <Button onClick={() => void refresh()}>{t('app.again')}</Button>
        </div>
      )}
      {data === undefined
        ? loading && (
            <p className={css['hint']} role="status">
              {t('app.loading')}
            </p>
          )
        : children(data)}
    </>
  );
}
