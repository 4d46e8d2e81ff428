import type { PaperPass } from '../../../../core/health/desk-answers.ts';
import { QrCode } from '../../../../parts/qr-code.tsx';
import { useDesk, useWords } from '../../use-console.ts';
import { millis } from '../scheme.ts';
import css from './paper-sheet.module.css';

/**
 * What somebody carries in place of a phone: the code, whose it is as far as a guard may see, until
 * when, and how it is used. The colour is not on it: it may change while the paper is good.
 */
export function PaperSheet({ pass }: { pass: PaperPass }) {
  const { t, f } = useWords();
  const language = useDesk((state) => state.language);
  const { issuer } = pass;
  return (
    <article className={css['sheet']}>
      <header>
        <h3>{t('sheet.title')}</h3>
        <p>{issuer.name?.[language]}</p>
      </header>
      <div className={css['code']}>
        <QrCode text={pass.text} label={t('papers.qr')} />
      </div>
      <dl>
        <div>
          <dt>{t('sheet.name')}</dt>
          <dd>{pass.name}</dd>
        </div>
        <div>
          <dt>{t('sheet.document')}</dt>
          <dd>{pass.id}</dd>
        </div>
        <div className={css['until']}>
          <dt>{t('sheet.until')}</dt>
          <dd>{f.stamp(millis(pass.exp))}</dd>
        </div>
        {issuer.hotline !== undefined && (
          <div>
            <dt>{t('sheet.hotline')}</dt>
            <dd>{issuer.hotline}</dd>
          </div>
        )}
      </dl>
      <section>
        <h4>{t('sheet.how')}</h4>
        <ul>
          <li>{t('sheet.show')}</li>
          <li>{t('sheet.own')}</li>
          <li>{t('sheet.colour')}</li>
          <li>{t('sheet.care')}</li>
          <li>{t('sheet.lost')}</li>
        </ul>
      </section>
      <footer>
        {t('sheet.made')} {f.stamp(millis(pass.iat))}
      </footer>
    </article>
  );
}
