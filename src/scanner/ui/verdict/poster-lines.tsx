import type { Poster } from '../../app/scan/shown/poster.ts';
import type { ScreenKey } from '../../words/en/screens.ts';
import { useWords } from '../use-ui.ts';
import css from './poster-lines.module.css';

/** Of a place's poster that was held up: whether it is genuine, valid and of here, and where its link leads. */
export function PosterLines({ poster }: { poster: Poster }) {
  const { t, language } = useWords();
  const { is, place, issuerName, host } = poster;
  return (
    <div role="status" className={css['poster']}>
      <p className={css['answer']}>{t(answers[is])}</p>
      {place !== undefined && (
        <p>
          <bdi>{place}</bdi>
          {issuerName && ` · ${issuerName[language]}`}
        </p>
      )}
      {host !== undefined && <p>{t('poster.host', { host })}</p>}
    </div>
  );
}

/** What an inspector is told, by what there is to do. */
const answers = {
  here: 'poster.here',
  elsewhere: 'poster.elsewhere',
  malformed: 'poster.forged',
  'bad-signature': 'poster.forged',
  'unknown-issuer': 'poster.stranger',
  'unknown-key': 'poster.stranger',
  'issuer-retired': 'poster.over',
  'issuer-suspended': 'poster.over',
  expired: 'poster.over',
  revoked: 'poster.over',
  suspended: 'poster.over',
  'not-yet-valid': 'poster.early',
  'trust-missing': 'poster.untold',
  'trust-expired': 'poster.untold',
  'app-outdated': 'poster.untold',
  'clock-untrusted': 'poster.untold',
  'list-too-old': 'poster.untold',
} as const satisfies Record<Poster['is'], ScreenKey>;
