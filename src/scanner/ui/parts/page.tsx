import { type ReactNode, useRef } from 'react';
import { DemoTag } from './demo-tag.tsx';
import css from './page.module.css';
import { useMoreBelow } from './use-more-below.ts';

/** A screen before scanning: one column in the middle, DEMO on top. */
export function Page({ children }: { children: ReactNode }) {
  const main = useRef<HTMLElement>(null);
  useMoreBelow(main);
  return (
    <main ref={main} className={css['page']}>
      <DemoTag />
      <div className={css['column']}>{children}</div>
    </main>
  );
}
