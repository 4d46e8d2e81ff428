import type { ReactNode } from 'react';
import { Button } from '../../../parts/button.tsx';
import { Dialog } from '../../../parts/dialog.tsx';
import type { Self } from '../../app/answers.ts';
import type { Drawn } from '../../app/code/code-state.ts';
import { hashOf } from '../../app/place/place-state.ts';
import { placesWithin } from '../places-within.ts';
import { useApp, useWords } from '../use-citizen.ts';
import css from './detail-sheet.module.css';
import { untilText } from './shanghai-time.ts';

interface Props {
  /** What the server said of them last; without a network nothing but the code. */
  self: Self | undefined;
  drawn: Drawn | undefined;
  onClose: () => void;
}

/** Why the code is what it is, and until when. */
export function DetailSheet({ self, drawn, onClose }: Props) {
  const language = useApp(({ settings }) => settings.language);
  const { t } = useWords();
  const at = (seconds: number) => untilText(seconds * 1000, language);
  const label = self?.shown?.label ?? drawn?.shown.label;
  const notices = self?.notices ?? drawn?.shown.notices ?? [];
  const issuer = self?.issuer ?? drawn?.shown.issuer;
  return (
    <Dialog
      title={t('detail.title')}
      close={<Button onClick={onClose}>{t('code.close')}</Button>}
      onClose={onClose}
    >
      <dl className={css['facts']}>
        <Fact name={t('detail.state')}>{label?.[language] ?? '–'}</Fact>
        {self && self.until !== null && <Fact name={t('detail.until')}>{at(self.until)}</Fact>}
        {self && (
          <Fact name={t('detail.why')}>
            <Why self={self} />
          </Fact>
        )}
        {notices.length > 0 && (
          <Fact name={t('code.notices')}>
            {notices.map((one) => one.label?.[language] ?? one.code).join(' · ')}
          </Fact>
        )}
        {self?.district && (
          <Fact name={t('detail.district')}>
            {self.district.name?.[language] ?? self.district.code}
            {self.district.risk && ` · ${t(`detail.risk.${self.district.risk}`)}`}
          </Fact>
        )}
        {self?.declaredAt != null && (
          <Fact name={t('detail.declaredAt')}>{untilText(self.declaredAt, language)}</Fact>
        )}
        <Fact name={t('detail.issuer')}>{issuer?.name?.[language] ?? '–'}</Fact>
      </dl>
      <p className={css['hint']}>{t('detail.appeal')}</p>
      {placesWithin.includes('appeals') && <a href={hashOf('appeals')}>{t('page.appeals')}</a>}
    </Dialog>
  );
}

const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);

function Why({ self: { because } }: { self: Self }) {
  const language = useApp(({ settings }) => settings.language);
  const { t } = useWords();
  if (because === undefined) return <>{t('detail.whyHidden')}</>;
  if (because.length === 0) return <>{t('detail.whyNone')}</>;
  return (
    <ul>
      {because.map((one) => (
        <li key={`${one.class} ${one.label?.en} ${one.until}`}>
          {one.label?.[language] ?? t(`reason.${one.class}`)}
          {' · '}
          {t('detail.until')}{' '}
          {one.until === undefined ? t('detail.open') : untilText(one.until * 1000, language)}
        </li>
      ))}
    </ul>
  );
}
