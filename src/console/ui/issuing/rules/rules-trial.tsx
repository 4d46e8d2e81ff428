import { useState } from 'react';
import type { RuleSet } from '../../../../core/health/colour-rules.ts';
import type { DryRunAnswer } from '../../../../core/health/desk-answers.ts';
import { deskMay } from '../../../../core/health/desk-roles.ts';
import { isObject } from '../../../../core/json.ts';
import labelled from '../../../../parts/labelled.module.css';
import { Lines } from '../../../../parts/labelled.tsx';
import { Button } from '../../parts/button.tsx';
import css from '../../parts/desk.module.css';
import { Dialog } from '../../parts/dialog.tsx';
import { LastRefusal } from '../../parts/refusal.tsx';
import { useConsole, useDesk, useWords } from '../../use-console.ts';
import { changedBy, TrialResult } from './trial-result.tsx';

/** A set as it stands in the field; undefined when it is none. */
function parse(text: string): object | undefined {
  try {
    const json: unknown = JSON.parse(text);
    return isObject(json) ? json : undefined;
  } catch {
    return undefined;
  }
}

interface Props {
  inForce: RuleSet | undefined;
  onUsed: () => void;
}

/** Rules are tried on everybody, and then, by an admin, taken into use as they were tried. */
export function RulesTrial({ inForce, onUsed }: Props) {
  const desk = useConsole();
  const { t } = useWords();
  const busy = useDesk((state) => state.busy);
  const [text, setText] = useState('');
  const [tried, setTried] = useState<{ rules: object; dry: DryRunAnswer }>();
  const [isAsking, setAsking] = useState(false);
  const [used, setUsed] = useState<number>();
  const [isRunning, setRunning] = useState(false);
  const rules = parse(text);
  const isWrong = text.trim() !== '' && !rules;
  const write = (next: string) => {
    setText(next);
    setTried(undefined);
    setUsed(undefined);
  };
  const run = async () => {
    if (!rules) return;
    setRunning(true);
    await desk.act(async () => {
      const answer = await desk.issuing.send<DryRunAnswer>('/rules/dry-run', rules);
      if (answer.ok) setTried({ rules, dry: answer.value });
      return answer;
    });
    setRunning(false);
  };
  const taken = (version: number) => {
    setAsking(false);
    write('');
    setUsed(version);
    onUsed();
  };
  return (
    <section className={css['box']} aria-labelledby="trial">
      <h3 id="trial">{t('rules.try')}</h3>
      <p className={css['hint']}>{t('rules.tryWhy')}</p>
      <div className={css['row']}>
        <Button
          disabled={busy || !inForce}
          onClick={() => write(JSON.stringify(inForce, undefined, 2))}
        >
          {t('rules.fill')}
        </Button>
        <label className={labelled['field']}>
          <span>{t('rules.file')}</span>
          <input
            type="file"
            accept=".json,application/json"
            disabled={busy}
            onChange={async (event) => {
              const [file] = event.target.files ?? [];
              event.target.value = '';
              if (file) write(await file.text());
            }}
          />
        </label>
      </div>
      <Lines
        {...{ label: t('rules.text'), rows: 10, value: text, wrong: isWrong }}
        hint={isWrong ? t('rules.notJson') : undefined}
        onChange={write}
      />
      <LastRefusal />
      <div className={css['row']}>
        <Button kind="primary" disabled={busy || !rules} onClick={() => void run()}>
          {t('rules.run')}
        </Button>
      </div>
      <div role="status">
        {isRunning && t('rules.running')}
        {used !== undefined && <p className={css['note']}>{t('rules.used', { version: used })}</p>}
        {tried && <TrialResult dry={tried.dry} />}
      </div>
      {tried && <Use dry={tried.dry} onUse={() => setAsking(true)} />}
      {tried && isAsking && (
        <UseDialog {...tried} onClose={() => setAsking(false)} onUsed={taken} />
      )}
    </section>
  );
}

function Use({ dry, onUse }: { dry: DryRunAnswer; onUse: () => void }) {
  const { t } = useWords();
  const role = useDesk((state) => state.self?.role);
  if (Object.keys(dry.failed).length > 0) return null;
  if (role === undefined || !deskMay(role, 'rules:use'))
    return <p className={css['hint']}>{t('rules.useAdmin')}</p>;
  return (
    <div className={css['row']}>
      <Button kind="danger" onClick={onUse}>
        {t('rules.use')}
      </Button>
    </div>
  );
}

interface UseProps {
  rules: object;
  dry: DryRunAnswer;
  onClose: () => void;
  onUsed: (version: number) => void;
}

function UseDialog({ rules, dry, onClose, onUsed }: UseProps) {
  const desk = useConsole();
  const { t, f } = useWords();
  const busy = useDesk((state) => state.busy);
  const use = () =>
    desk.act(async () => {
      const answer = await desk.issuing.send<{ version: number }>('/rules', rules);
      if (answer.ok) onUsed(answer.value.version);
      return answer;
    });
  return (
    <Dialog title={t('rules.useTitle')} onClose={onClose}>
      <p>{t('rules.useWhy', { count: f.number(changedBy(dry)) })}</p>
      <LastRefusal />
      <div className={css['row']}>
        <Button kind="danger" disabled={busy} onClick={() => void use()}>
          {t('rules.use')}
        </Button>
        <Button onClick={onClose}>{t('app.cancel')}</Button>
      </div>
    </Dialog>
  );
}
