import type { ReactNode } from 'react';
import type { PassKind } from '../../../core/pass/kinds.ts';
import type { Verdict, VerifiedPass } from '../../../core/verify/verdict.ts';
import { useWords } from '../use-ui.ts';
import css from './card-details.module.css';
import { shownPass } from './shown-pass.ts';

/** Whose code it is and how old: the smallest lines of the card, in a fixed order. */
export function CardDetails({ verdict }: { verdict: Verdict }) {
  const pass = shownPass(verdict);
  if (pass === undefined) return null;
  return (
    <div className={css['details']}>
      <PassLines pass={pass} />
      <Marks pass={pass} />
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
        <Line name={t('card.notices')}>
          {pass.notices.map((notice) => notice.label?.[language] ?? notice.code).join('；')}
        </Line>
      )}
      <Holder pass={pass} />
      <Line name={t('card.age')}>{f.ago(pass.ageS)}</Line>
      {pass.hotline !== undefined && <Line name={t('card.hotline')}>{pass.hotline}</Line>}
    </dl>
  );
}

/** Name and id, a line and an isolate each: neither turns the other round, and an id reads left to right. */
function Holder({ pass: { maskedName, maskedId } }: { pass: VerifiedPass }) {
  const { t } = useWords();
  if (maskedName === undefined && maskedId === undefined) return null;
  return (
    <div className={css['line']}>
      <dt>{t('card.holder')}</dt>
      <dd>
        {maskedName !== undefined && <bdi className={css['holder']}>{maskedName}</bdi>}
        {maskedId !== undefined && (
          <bdi className={css['holder']} dir="ltr">
            {maskedId}
          </bdi>
        )}
      </dd>
    </div>
  );
}

function Line({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className={css['line']}>
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
