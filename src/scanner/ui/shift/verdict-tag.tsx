import type { ReactNode } from 'react';
import { type Look, Shape } from '../../../parts/shape.tsx';
import css from './verdict-tag.module.css';

/** A small shape in its verdict's colour, with a word or a time beside it. */
export function VerdictTag({ state, children }: { state: Look; children: ReactNode }) {
  return (
    <span className={css['tag']} data-state={state}>
      <Shape state={state} />
      {children}
    </span>
  );
}
