import { Phrase } from '../../parts/phrase.tsx';
import css from './parts/page.module.css';
import own from './sign-in-page.module.css';
import { useApp, useCitizen, useWords } from './use-citizen.ts';
import { Welcome } from './welcome.tsx';

/** The door: to the identity provider, and what became of the last way there. */
export function SignInPage() {
  const { session } = useCitizen();
  const ended = useApp(({ session }) => session.signIn);
  const hasLink = useApp(({ visits }) => visits.hasLink);
  const { t } = useWords();
  return (
    <Welcome title={t('signIn.title')}>
      <div role="alert">{ended && <p className={css['note']}>{t(`signIn.${ended}`)}</p>}</div>
      {hasLink && <p className={css['note']}>{t('signIn.link')}</p>}
      <p>
        <Phrase text={t('signIn.why')} />
      </p>
      <a
        className={own['go']}
        href="/authority/sign-in"
        onClick={(event) => {
          event.preventDefault();
          void session.signIn();
        }}
      >
        {t('signIn.go')}
      </a>
      <p className={css['hint']}>
        <Phrase text={t('signIn.without')} />
      </p>
    </Welcome>
  );
}
