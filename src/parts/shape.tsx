import type { ReactNode } from 'react';
import type { VerdictState } from '../core/verify/verdict.ts';
import css from './shape.module.css';

const marks: Readonly<Record<VerdictState, ReactNode>> = {
  pass: (
    <>
      <circle cx="50" cy="50" r="44" />
      <path d="M28 52 44 68 73 34" />
    </>
  ),
  check: (
    <>
      <path d="M50 8 95 90H5Z" />
      <path d="M50 37v24M50 75v1" />
    </>
  ),
  stop: (
    <>
      <path d="M32 6h36l26 26v36L68 94H32L6 68V32Z" />
      <path d="m34 34 32 32M66 34 34 66" />
    </>
  ),
  unknown: (
    <>
      <rect x="6" y="6" width="88" height="88" strokeDasharray="15 9.4" strokeWidth="7" />
      <path d="M36 38c0-20 29-18 29-1 0 12-15 12-15 25M50 76v1" />
    </>
  ),
};

/** The mark of a verdict state. Always beside its word: it says nothing to a screen reader. */
export function Shape({ state }: { state: VerdictState }) {
  return (
    <svg className={css['shape']} viewBox="0 0 100 100" data-shape={state} aria-hidden="true">
      {marks[state]}
    </svg>
  );
}
