import { type ReactNode, useState } from 'react';
import type { Query } from '../../app/query.ts';
import type { Answer } from '../../app/remote.ts';
import { useConsole, useWords } from '../use-console.ts';
import { Button } from './button.tsx';
import css from './desk.module.css';
import { Loaded } from './loaded.tsx';

interface Props<P> {
  query: Query<P> & { readonly refresh: () => Promise<void> };
  /** How to ask for what is older than this page; undefined when there is nothing. */
  next(last: P): (() => Promise<Answer<P>>) | undefined;
  /** What the button says, unless the next page is of what is older. */
  more?: string;
  /** The pages so far, and the button for what is older, where there is something. */
  children(pages: readonly P[], older: ReactNode): ReactNode;
}

/** A list that is asked for page by page, the newest first unless `more` says otherwise. */
export function LoadedPages<P>({ query, next, more, children }: Props<P>) {
  const desk = useConsole();
  const { t } = useWords();
  const [older, setOlder] = useState<readonly P[]>([]);
  return (
    <Loaded query={query}>
      {(first) => {
        const ask = next(older.at(-1) ?? first);
        const go = () =>
          desk.act(async () => {
            const answer = await (ask as NonNullable<typeof ask>)();
            if (answer.ok) setOlder((known) => [...known, answer.value]);
            return answer;
          });
        return children(
          [first, ...older],
          ask && (
            <div className={css['row']}>
              <Button onClick={() => void go()}>{more ?? t('app.more')}</Button>
            </div>
          ),
        );
      }}
    </Loaded>
  );
}
