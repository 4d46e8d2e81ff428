import { useEffect } from 'react';
import { JoinPage } from './account/join-page.tsx';
import { SignInPage } from './account/sign-in-page.tsx';
import { Button } from './parts/button.tsx';
import css from './parts/desk.module.css';
import { LastRefusal } from './parts/refusal.tsx';
import { Shell } from './shell.tsx';
import { useConsole, useDesk, useWords } from './use-console.ts';
import { Welcome } from './welcome.tsx';

/** Whatever the console shows: the door, or the pages behind it. */
export function App() {
  const phase = useDesk((state) => state.phase);
  const language = useDesk((state) => state.language);
  const { t } = useWords();
  useEffect(() => {
    document.documentElement.lang = language;
    document.title = t('app.name');
  }, [language, t]);
  switch (phase) {
    case 'starting':
      return <Welcome title={t('app.name')}>{t('app.loading')}</Welcome>;
    case 'unreachable':
      return <Unreachable />;
    case 'invited':
      return <JoinPage />;
    case 'signed-out':
    case 'ended':
      return <SignInPage />;
    case 'signed-in':
      return <Shell />;
  }
}

function Unreachable() {
  const desk = useConsole();
  const { t } = useWords();
  return (
    <Welcome title={t('start.unreachable')}>
      <LastRefusal />
      <p>{t('start.unreachableHow')}</p>
      <div className={css['row']}>
        <Button kind="primary" onClick={() => void desk.start()}>
          {t('app.again')}
        </Button>
      </div>
    </Welcome>
  );
}
