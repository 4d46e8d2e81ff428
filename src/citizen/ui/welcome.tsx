import type { ReactNode } from 'react';
import { ChooseLanguage } from './choose-language.tsx';
import { useWords } from './use-citizen.ts';
import css from './welcome.module.css';

/** A page of one box, before anybody is signed in. */
export function Welcome({ title, children }: { title: string; children: ReactNode }) {
  const { t } = useWords();
  return (
    <main className={css['welcome']}>
      <header>
        <span className={css['brand']}>{t('app.name')}</span>
        <ChooseLanguage />
      </header>
      <section className={css['card']}>
        <h1>{title}</h1>
        {children}
      </section>
    </main>
  );
}
