import type { ReactNode } from 'react';
import { Welcome as Box } from '../../parts/welcome.tsx';
import { DeskLanguage } from './desk-language.tsx';
import { useDesk, useWords } from './use-console.ts';
import css from './welcome.module.css';

/** A page of one box, before anybody is signed in. */
export function Welcome({ title, children }: { title: string; children: ReactNode }) {
  const { t } = useWords();
  const demo = useDesk((state) => state.ways?.demo ?? false);
  const brand = (
    <>
      {t('app.name')}
      {demo && <span className={css['demo']}>{t('app.demo')}</span>}
    </>
  );
  return (
    <Box {...{ brand, title }} language={<DeskLanguage />}>
      {children}
    </Box>
  );
}
