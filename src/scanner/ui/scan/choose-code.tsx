import { useEffect, useState } from 'react';
import { Button } from '../../../parts/button.tsx';
import type { ChoiceCode } from '../../app/scan/scan-state.ts';
import type { AppState } from '../../app/state.ts';
import { Sheet } from '../parts/sheet.tsx';
import { useActions, useWords } from '../use-ui.ts';
import css from './choose-code.module.css';

type Choice = NonNullable<AppState['choice']>;

/** A picture with several codes, each outlined and numbered: the guard says which one is meant. */
export function ChooseCode({ choice: { picture, codes } }: { choice: Choice }) {
  const { t } = useWords();
  const { chooseCode } = useActions();
  const url = useObjectUrl(picture);
  return (
    <Sheet title={t('choose.title')} onClose={() => void chooseCode()}>
      <p>{t('choose.lead')}</p>
      <div className={css['choice']}>
        <div className={css['picture']} aria-hidden="true">
          {url !== undefined && <img src={url} alt="" />}
          <svg viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden="true">
            {codes.map((code) => (
              <polygon key={outline(code)} points={outline(code)} />
            ))}
          </svg>
          {codes.map((code, place) => (
            <b key={outline(code)} style={at(middle(code))}>
              {place + 1}
            </b>
          ))}
        </div>
        <ol className={css['codes']}>
          {codes.map((code, place) => (
            <li key={outline(code)}>
              <Button onClick={() => void chooseCode(place)}>
                <span>
                  {t('choose.code', { n: place + 1, place: t(`choose.at.${ninthOf(code)}`) })}
                  <small>{t(code.what === 'pass' ? 'choose.pass' : `what.${code.what}`)}</small>
                </span>
              </Button>
            </li>
          ))}
        </ol>
      </div>
      <Button onClick={() => void chooseCode()}>{t('app.cancel')}</Button>
    </Sheet>
  );
}

/** The picture stays on this phone: an address in memory, taken back with the sheet. */
function useObjectUrl(picture: Choice['picture']): string | undefined {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    if (!(picture instanceof Blob)) return;
    const made = URL.createObjectURL(picture);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [picture]);
  return url;
}

const outline = ({ corners }: ChoiceCode) => corners.map(({ x, y }) => `${x},${y}`).join(' ');

function middle({ corners }: ChoiceCode): { x: number; y: number } {
  const sum = (axis: 'x' | 'y') => corners.reduce((total, corner) => total + corner[axis], 0);
  return { x: sum('x') / corners.length, y: sum('y') / corners.length };
}

const at = ({ x, y }: { x: number; y: number }) => ({ left: `${100 * x}%`, top: `${100 * y}%` });

const rows = ['top', 'middle', 'bottom'] as const;
const columns = ['left', 'centre', 'right'] as const;
const third = (share: number) => Math.min(2, Math.max(0, Math.floor(3 * share))) as 0 | 1 | 2;

function ninthOf(code: ChoiceCode): `${(typeof rows)[number]}-${(typeof columns)[number]}` {
  const { x, y } = middle(code);
  return `${rows[third(y)]}-${columns[third(x)]}`;
}
