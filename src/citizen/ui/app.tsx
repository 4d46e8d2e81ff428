import { useEffect } from 'react';
import { Button } from '../../parts/button.tsx';
import { Refusal } from './parts/refusal.tsx';
import { Shell } from './shell.tsx';
import { SignInPage } from './sign-in-page.tsx';
import { useApp, useCitizen, useWords } from './use-citizen.ts';
import { Welcome } from './welcome.tsx';

/** Whatever the page shows: the door, or what is behind it. */
export function App() {
  const phase = useApp(({ session }) => session.phase);
  const { language, isLarge } = useApp(({ settings }) => settings);
  const { t } = useWords();
  useEffect(() => {
    document.documentElement.lang = language;
    document.documentElement.dataset['large'] = String(isLarge);
    document.title = t('app.name');
  }, [language, isLarge, t]);
  switch (phase) {
    case 'starting':
      return <Welcome title={t('app.name')}>{t('app.loading')}</Welcome>;
    case 'unreached':
      return <Unreached />;
    case 'signed-out':
      return <SignInPage />;
    case 'signed-in':
    case 'offline':
      return <Shell />;
  }
}

function Unreached() {
  const citizen = useCitizen();
  const refusal = useApp(({ session }) => session.refusal);
  const { t } = useWords();
  return (
    <Welcome title={t('start.unreached')}>
      <Refusal why={refusal} />
      <p>{t('start.unreachedHow')}</p>
      <Button kind="primary" onClick={() => void citizen.start()}>
        {t('app.again')}
      </Button>
    </Welcome>
  );
}
