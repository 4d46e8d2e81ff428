import type { ReactNode } from 'react';
import { Welcome as Box } from '../../parts/welcome.tsx';
import { ChooseLanguage } from './choose-language.tsx';
import { useWords } from './use-citizen.ts';

/** A page of one box, before anybody is signed in. */
export function Welcome({ title, children }: { title: string; children: ReactNode }) {
  const { t } = useWords();
  return (
    <Box {...{ title, brand: t('app.name') }} language={<ChooseLanguage />}>
      {children}
    </Box>
  );
}
