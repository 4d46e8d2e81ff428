import type { ReactNode } from 'react';
import type { PassKind } from '../../../core/pass/kinds.ts';
import type { Verdict, VerifiedPass } from '../../../core/verify/verdict.ts';
import { Icon } from '../../../parts/icon.tsx';
import { lookOf } from '../../../parts/shape.tsx';
import { useWords } from '../use-ui.ts';
import css from './card-details.module.css';
import { shownPass } from './shown-pass.ts';

/**
 * Whose code it is and how old, in a fixed order. Name and id are large where the guard compares them
 * with a document, and the hotline is to be called where somebody may be turned away.
 */
export function CardDetails({ verdict }: { verdict: Verdict }) {
  const pass = shownPass(verdict);
  if (pass === undefined) return null;
  const look = lookOf(verdict);
  const mayRefuse = look === 'check' || look === 'stop';
  return (
    <div className={css['details']} data-compare={look === 'check' || look === 'unknown'}>
      <PassLines pass={pass} />
      <Marks pass={pass} />
      {mayRefuse && pass.hotline !== undefined && <Hotline number={pass.hotline} />}
    </div>
  );
}

function PassLines({ pass }: { pass: VerifiedPass }) {
  const { t, f, language } = useWords();
  return (
    <dl className={css['lines']}>
      <Line name={t('card.issuer')}>{pass.issuerName[language]}</Line>
      <Line name={t('card.status')}>
        <ColourWord pass={pass} />
      </Line>
      {pass.notices.length > 0 && (
        <Line name={t('card.notices')} isLong>
          {pass.notices.map((notice) => notice.label?.[language] ?? notice.code).join('；')}
        </Line>
      )}
      <Holder pass={pass} />
      <Line name={t('card.age')}>{f.ago(pass.ageS)}</Line>
    </dl>
  );
}

/** A number is dialled as written; words with it would put wrong digits in, so those are only shown. */
function Hotline({ number }: { number: string }) {
  const { t } = useWords();
  const label = `${t('card.hotline')} ${number}`;
  if (!/^\+?\d[\d ()-]*$/.test(number)) return <p className={css['hotline']}>{label}</p>;
  return (
    <a
      className={css['hotline']}
      href={`tel:${number.replaceAll(/[ ()]/g, '')}`}
      aria-label={label}
      data-own=""
    >
      <Icon name="phone" />
      <bdi dir="ltr">{number}</bdi>
    </a>
  );
}

/** What is compared is not broken in its middle, but where the mask ends. */
function Masked({ text }: { text: string }) {
  const [, open = '', rest = ''] = /^(.*[*…])([^*…]+)$/.exec(text) ?? [];
  if (rest === '') return text;
  return (
    <>
      {open}
      <wbr />
      {rest}
    </>
  );
}

/** Name and id, a line and an isolate each: neither turns the other round, and an id reads left to right. */
function Holder({ pass: { maskedName, maskedId } }: { pass: VerifiedPass }) {
  const { t } = useWords();
  if (maskedName === undefined && maskedId === undefined) return null;
  return (
    <div className={`${css['line']} ${css['who']}`}>
      <dt>{t('card.holder')}</dt>
      <dd>
        {maskedName !== undefined && (
          <bdi className={css['holder']} data-long={maskedName.length > 8}>
            {maskedName}
          </bdi>
        )}
        {maskedId !== undefined && (
          <bdi className={css['holder']} data-long={maskedId.length > 12} dir="ltr">
            <Masked text={maskedId} />
          </bdi>
        )}
      </dd>
    </div>
  );
}

interface LineProps {
  name: string;
  /** Has a row of its own. */
  isLong?: boolean;
  children: ReactNode;
}

function Line({ name, isLong = false, children }: LineProps) {
  return (
    <div className={css['line']} data-long={isLong}>
      <dt>{name}</dt>
      <dd>
        <bdi>{children}</bdi>
      </dd>
    </div>
  );
}

function ColourWord({ pass }: { pass: VerifiedPass }) {
  const { t, language } = useWords();
  const colour = pass.colour ?? 'none';
  const word = pass.stateLabel?.[language] ?? t(`colour.${colour}`);
  return (
    <span className={css['colour']}>
      {colour !== 'none' && <i className={css['swatch']} data-colour={colour} />}
      {word}
    </span>
  );
}

const markOf = {
  live: undefined,
  credential: 'card.offline',
  paper: 'card.paper',
} as const satisfies Record<PassKind, string | undefined>;

function Marks({ pass }: { pass: VerifiedPass }) {
  const { t } = useWords();
  const markOfKind = markOf[pass.kind];
  const marks = [
    pass.relativeHeld ? t('card.relative') : undefined,
    markOfKind && t(markOfKind),
  ].filter((mark) => mark !== undefined);
  if (marks.length === 0) return null;
  return (
    <p className={css['marks']}>
      {marks.map((mark) => (
        <strong key={mark}>{mark}</strong>
      ))}
    </p>
  );
}
