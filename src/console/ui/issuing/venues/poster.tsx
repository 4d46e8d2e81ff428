import { useContext } from 'react';
import { shanghaiTime } from '../../../../core/health/shanghai.ts';
import type { PlaceRow } from '../../../../core/place/desk-places.ts';
import type { Language } from '../../../../core/terms.ts';
import { QrCode } from '../../../../parts/qr-code.tsx';
import { type Translate, translator } from '../../../words/translate.ts';
import { useDesk } from '../../use-console.ts';
import { millis, SchemeContext } from '../scheme.ts';
import css from './poster.module.css';

const english = translator('en');

/** Chinese in the characters of the desk, English below it: a door is not asked for its language. */
function useBoth(): { readonly first: Language; readonly zh: Translate; readonly en: Translate } {
  const language = useDesk((state) => state.language);
  const first = language === 'zh-TW' ? 'zh-TW' : 'zh-CN';
  return { first, zh: translator(first), en: english };
}

/** Until when, by the clock of Shanghai: read alike in both languages. */
const untilOf = ({ code }: PlaceRow): string =>
  code ? shanghaiTime(millis(code.exp)).slice(0, 16) : '';

/** Characters of a name that stand on one line in the largest letters. */
const longName = 13;

const steps = ['poster.one', 'poster.two', 'poster.three'] as const;

/** What hangs at an entrance: the code, the place, three steps, whom to call, until when. */
export function Poster({ place }: { place: PlaceRow }) {
  const { first, zh, en } = useBoth();
  const scheme = useContext(SchemeContext);
  const hotline = place.hotline ?? scheme?.hotline;
  return (
    <article className={css['poster']} lang={first}>
      <header>
        <p className={css['title']}>
          {zh('poster.title')} <span lang="en">{en('poster.title')}</span>
        </p>
        <p>
          {scheme?.name[first]} <span lang="en">{scheme?.name.en}</span>
        </p>
      </header>
      <h3 data-long={place.name.length > longName || undefined}>{place.name}</h3>
      <div className={css['code']}>
        <QrCode text={place.code?.text ?? ''} label={zh('poster.qr')} />
      </div>
      <ol>
        {steps.map((step) => (
          <li key={step}>
            {zh(step)} <span lang="en">{en(step)}</span>
          </li>
        ))}
      </ol>
      <dl>
        {hotline !== undefined && (
          <div>
            <dt>
              {zh('poster.hotline')} <span lang="en">{en('poster.hotline')}</span>
            </dt>
            <dd>{hotline}</dd>
          </div>
        )}
        <div>
          <dt>
            {zh('poster.until')} <span lang="en">{en('poster.until')}</span>
          </dt>
          <dd>{untilOf(place)}</dd>
        </div>
      </dl>
      <footer>
        <p>
          {zh('poster.noPhone')} <span lang="en">{en('poster.noPhone')}</span>
        </p>
        <code>{place.place}</code>
      </footer>
    </article>
  );
}

/** The least that must stand beside a code on a door or a table. */
export function Sticker({ place }: { place: PlaceRow }) {
  const { first, zh, en } = useBoth();
  const scheme = useContext(SchemeContext);
  const hotline = place.hotline ?? scheme?.hotline;
  return (
    <article className={css['sticker']} lang={first}>
      <p className={css['title']}>
        {zh('poster.scan')} <span lang="en">{en('poster.scan')}</span>
      </p>
      <div className={css['code']}>
        <QrCode text={place.code?.text ?? ''} label={zh('poster.qr')} />
      </div>
      <h3 data-long={place.name.length > longName || undefined}>{place.name}</h3>
      <p className={css['small']}>
        {zh('poster.until')} <span lang="en">{en('poster.until')}</span> {untilOf(place)}
      </p>
      {hotline !== undefined && (
        <p className={css['small']}>
          {zh('poster.hotline')} <span lang="en">{en('poster.hotline')}</span> {hotline}
        </p>
      )}
    </article>
  );
}
