import type { ReactNode } from 'react';
import type { VerdictState } from '../core/verify/verdict.ts';
import css from './shape.module.css';

/** What a card looks like: its verdict's state, or the step of a good code that only waits for a temperature. */
export type Look = VerdictState | 'temperature' | 'left';

interface Seen {
  readonly state: VerdictState;
  readonly reason?: string;
  readonly dir?: 'out';
}

/** 测温 is no 核对: nothing is wrong with the person. 已离开 is no 通行: nobody was let in. */
export function lookOf({ state, reason, dir }: Seen): Look {
  if (state === 'check' && reason === 'temperature-needed') return 'temperature';
  return reason === 'left' || (state === 'pass' && dir === 'out') ? 'left' : state;
}

const marks: Readonly<Record<Look, ReactNode>> = {
  temperature: (
    <>
      <path d="M38 56V18a12 12 0 0 1 24 0v38a22 22 0 1 1-24 0Z" />
      <path d="M50 74V36M76 20h12M76 38h12" />
    </>
  ),
  left: (
    <>
      <path d="M58 8H12v84h46" />
      <path d="M36 50h56M70 28l24 22-24 22" />
    </>
  ),
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

/** The mark of a look. Always beside its word: it says nothing to a screen reader. */
export function Shape({ state }: { state: Look }) {
  return (
    <svg className={css['shape']} viewBox="0 0 100 100" data-shape={state} aria-hidden="true">
      {marks[state]}
    </svg>
  );
}
