import type { ReactNode } from 'react';
import { DemoTag } from './demo-tag.tsx';
import css from './page.module.css';

/** A screen before scanning: one column in the middle, DEMO on top. */
export function Page({ children }: { children: ReactNode }) {
  return (
    <main className={css['page']}>
      <DemoTag />
      <div className={css['column']}>{children}</div>
    </main>
  );
}
