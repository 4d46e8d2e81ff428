import type { ReactNode } from 'react';
import css from './welcome.module.css';

interface Props {
  /** What program it is. */
  brand: ReactNode;
  /** Where the language is chosen. */
  language: ReactNode;
  title: string;
  children: ReactNode;
}

/** A page of one box, before anybody is signed in. */
export const Welcome = ({ brand, language, title, children }: Props) => (
  <main className={css['welcome']}>
    <header>
      <span className={css['brand']}>{brand}</span>
      {language}
    </header>
    <section className={css['card']}>
      <h1>{title}</h1>
      {children}
    </section>
  </main>
);
