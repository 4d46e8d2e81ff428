import { shanghaiTime } from '../../core/health/shanghai.ts';
import type { LocalizedText } from '../../core/terms.ts';
import { QrCode } from '../qr-code.tsx';
import css from './poster.module.css';

/** What a poster tells: a place with a code that is good. */
export interface PosterFacts {
  /** Id of the gate or site. */
  readonly place: string;
  readonly name: string;
  readonly hotline?: string | undefined;
  /** The link in the code. */
  readonly text: string;
  /** Epoch seconds. */
  readonly exp: number;
  /** Whose code it is. */
  readonly issuer?: LocalizedText | undefined;
}

const steps = ['one', 'two', 'three'] as const;
type Word = (typeof steps)[number] | 'qr' | 'title' | 'scan' | 'noPhone' | 'hotline' | 'until';
type Words = Readonly<Record<Word, string>>;

/** Chinese in the reader's characters, English below it: a door is not asked for its language. */
export interface PosterTongues {
  readonly first: 'zh-CN' | 'zh-TW';
  readonly zh: Words;
  readonly en: Words;
}

interface Props {
  readonly poster: PosterFacts;
  readonly tongues: PosterTongues;
}

/** Until when, by the clock of Shanghai: read alike in both languages. */
const untilOf = ({ exp }: PosterFacts): string => shanghaiTime(exp * 1000).slice(0, 16);

/** Characters of a name that stand on one line in the largest letters. */
const longName = 13;

/** What hangs at an entrance: the code, the place, three steps, whom to call, until when. */
export function Poster({ poster, tongues: { first, zh, en } }: Props) {
  const { hotline, issuer, name } = poster;
  return (
    <article className={css['poster']} lang={first}>
      <header>
        <p className={css['title']}>
          {zh.title} <span lang="en">{en.title}</span>
        </p>
        <p>
          {issuer?.[first]} <span lang="en">{issuer?.en}</span>
        </p>
      </header>
      <h3 data-long={name.length > longName || undefined}>{name}</h3>
      <div className={css['code']}>
        <QrCode text={poster.text} label={zh.qr} />
      </div>
      <ol>
        {steps.map((step) => (
          <li key={step}>
            {zh[step]} <span lang="en">{en[step]}</span>
          </li>
        ))}
      </ol>
      <dl>
        {hotline !== undefined && (
          <div>
            <dt>
              {zh.hotline} <span lang="en">{en.hotline}</span>
            </dt>
            <dd>{hotline}</dd>
          </div>
        )}
        <div>
          <dt>
            {zh.until} <span lang="en">{en.until}</span>
          </dt>
          <dd>{untilOf(poster)}</dd>
        </div>
      </dl>
      <footer>
        <p>
          {zh.noPhone} <span lang="en">{en.noPhone}</span>
        </p>
        <code>{poster.place}</code>
      </footer>
    </article>
  );
}

/** The least that must stand beside a code on a door or a table. */
export function Sticker({ poster, tongues: { first, zh, en } }: Props) {
  const { hotline, name } = poster;
  return (
    <article className={css['sticker']} lang={first}>
      <p className={css['title']}>
        {zh.scan} <span lang="en">{en.scan}</span>
      </p>
      <div className={css['code']}>
        <QrCode text={poster.text} label={zh.qr} />
      </div>
      <h3 data-long={name.length > longName || undefined}>{name}</h3>
      <p className={css['small']}>
        {zh.until} <span lang="en">{en.until}</span> {untilOf(poster)}
      </p>
      {hotline !== undefined && (
        <p className={css['small']}>
          {zh.hotline} <span lang="en">{en.hotline}</span> {hotline}
        </p>
      )}
    </article>
  );
}
