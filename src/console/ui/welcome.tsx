import type { ReactNode } from 'react';
import { DeskLanguage } from './desk-language.tsx';
import { useDesk, useWords } from './use-console.ts';
import css from './welcome.module.css';

/** A page of one box, before anybody is signed in. */
export function Welcome({ title, children }: { title: string; children: ReactNode }) {
  const { t } = useWords();
  const demo = useDesk((state) => state.ways?.demo ?? false);
  return (
    <main className={css['welcome']}>
      <header>
        <span className={css['brand']}>
          {t('app.name')}
          {demo && <span className={css['demo']}>{t('app.demo')}</span>}
        </span>
        <DeskLanguage />
      </header>
      <section className={css['card']}>
        <h1>{title}</h1>
        {children}
      </section>
    </main>
  );
}
