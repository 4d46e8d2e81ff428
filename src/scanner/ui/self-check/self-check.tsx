import { useEffect, useState } from 'react';
import { Button } from '../../../parts/button.tsx';
import { Shape } from '../../../parts/shape.tsx';
import type { DecoderName } from '../../../ports/code-reader.ts';
import type { Check } from '../../app/phone/phone-state.ts';
import type { Reach } from '../../app/sync/sync-state.ts';
import { Sheet } from '../parts/sheet.tsx';
import { useActions, useApp, useUi, useWords } from '../use-ui.ts';
import css from './self-check.module.css';

const shapes = { good: 'pass', fair: 'check', bad: 'stop' } as const;

/** What a help desk asks for: each part good, worth a look or broken, with what to do. */
export function SelfCheck({ onClose }: { onClose: () => void }) {
  const checks = useApp((state) => state.checks);
  const { t } = useWords();
  const { runSelfCheck } = useActions();
  useEffect(() => void runSelfCheck(), [runSelfCheck]);
  return (
    <Sheet title={t('check.title')} onClose={onClose}>
      {checks === undefined ? (
        <p role="status">{t('check.busy')}</p>
      ) : (
        <>
          <ul className={css['list']}>
            {checks.map((check) => (
              <Line key={check.name} check={check} />
            ))}
          </ul>
          <Copy checks={checks} />
          <Button onClick={() => void runSelfCheck()}>{t('check.again')}</Button>
        </>
      )}
    </Sheet>
  );
}

function Line({ check }: { check: Check }) {
  const { name, grade, detail } = check;
  const { t } = useWords();
  return (
    <li data-grade={grade}>
      <Shape state={shapes[grade]} />
      <div>
        <strong>
          {t(`check.${name}`)}: {t(`check.${grade}`)}
        </strong>
        {name === 'decoder' && grade !== 'bad' && <p>{t(`decoder.${detail as DecoderName}`)}</p>}
        {grade !== 'good' && <p>{t(remedyOf(check))}</p>}
        <code>{detail}</code>
      </div>
    </li>
  );
}

function remedyOf({ name, grade, detail }: Check) {
  if (name === 'hub') return `sync.${detail as Exclude<Reach, 'online'>}` as const;
  if (name === 'offline' && grade === 'fair') return 'check.offline.soon';
  if (name === 'decoder' && grade === 'fair') return 'decoder.script.next';
  return `check.${name}.next` as const;
}

/** The same as plain text, with nothing in it about anybody. */
function Copy({ checks }: { checks: readonly Check[] }) {
  const { version } = useUi();
  const { t, language } = useWords();
  const [copied, setCopied] = useState(false);
  const text = [
    `kakou ${version} ${language}`,
    ...checks.map(({ name, grade, detail }) => `${name} ${grade} ${detail}`),
  ].join('\n');
  const copy = () =>
    navigator.clipboard?.writeText(text).then(
      () => setCopied(true),
      () => undefined,
    );
  return (
    <>
      <Button kind="primary" onClick={() => void copy()}>
        {t(copied ? 'check.copied' : 'check.copy')}
      </Button>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it may scroll, so the keyboard must reach it */}
      <pre className={css['text']} tabIndex={0}>
        {text}
      </pre>
    </>
  );
}
