import type { OwnApplication } from '../../../core/place/application.ts';
import { Button } from '../../../parts/button.tsx';
import { PosterSheet } from '../../../parts/poster/poster-sheet.tsx';
import { posterTongues, posterWords } from '../../../words/poster.ts';
import css from '../parts/page.module.css';
import { useApp } from '../use-citizen.ts';
import { useVisitsWords } from '../visits/use-visits-words.ts';

interface Props {
  readonly code: NonNullable<OwnApplication['code']>;
  readonly onBack: () => void;
}

/** The poster of one's own place, the desk's own drawing. */
export function OwnPoster({ code: { text = '', exp, place }, onBack }: Props) {
  const language = useApp(({ settings }) => settings.language);
  const issuer = useApp(({ session }) => session.self?.issuer);
  const t = useVisitsWords();
  const words = posterWords[language];
  const { name = '', place: id = '', hotline = issuer?.hotline } = place ?? {};
  return (
    <section className={css['page']}>
      <PosterSheet
        poster={{ place: id, name, hotline, text, exp, issuer: issuer?.name }}
        tongues={posterTongues(language)}
        words={words}
        form={css['card']}
      >
        <Button kind="primary" onClick={() => window.print()}>
          {words.print}
        </Button>
        <Button onClick={onBack}>{t('venues.posterBack')}</Button>
      </PosterSheet>
    </section>
  );
}
