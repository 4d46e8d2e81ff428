import { useState } from 'react';
import type { DeskRisk, DistrictRisk } from '../../../../core/health/desk-answers.ts';
import { isDay } from '../../../../core/ids.ts';
import { Field, Select } from '../../../../parts/labelled.tsx';
import { Button } from '../../parts/button.tsx';
import css from '../../parts/desk.module.css';
import { Dialog } from '../../parts/dialog.tsx';
import { LastRefusal } from '../../parts/refusal.tsx';
import { useConsole, useDesk, useWords } from '../../use-console.ts';
import { useScheme } from '../scheme.ts';

const risks: readonly DeskRisk[] = ['low', 'medium', 'high'];

interface Props {
  /** Left out: one that is to be added. */
  of: DistrictRisk | undefined;
  known: readonly DistrictRisk[];
  today: string;
  onClose: () => void;
  /** How many changed. */
  onDone: (changed: number) => void;
}

/** One district's risk: before it is set it is said what becomes of what. */
export function RiskDialog({ of, known, today, onClose, onDone }: Props) {
  const desk = useConsole();
  const { t } = useWords();
  const { districtName } = useScheme();
  const busy = useDesk((state) => state.busy);
  const [code, setCode] = useState(of?.code ?? '');
  const [risk, setRisk] = useState<DeskRisk>(of?.risk ?? 'low');
  const [since, setSince] = useState(today);
  const isReady = /^\d{6}$/.test(code) && isDay(since);
  const before = known.find((one) => one.code === code);
  const set = () =>
    desk.act(async () => {
      const body = { districts: [{ code, risk, since }] };
      const answer = await desk.issuing.send<{ changed: number }>('/districts', body);
      if (answer.ok) onDone(answer.value.changed);
      return answer;
    });
  const title = of ? t('risks.changeWhich', { district: districtName(of.code) }) : t('risks.add');
  return (
    <Dialog title={title} onClose={onClose}>
      {!of && (
        <Field
          {...{ label: t('risks.code'), value: code, maxLength: 6, inputMode: 'numeric' }}
          hint={
            code.length === 6 && districtName(code) !== code
              ? districtName(code)
              : t('risks.codeHint')
          }
          onChange={setCode}
        />
      )}
      <Select
        label={t('risks.risk')}
        value={risk}
        choices={risks.map((one) => [one, t(`risks.${one}`)] as const)}
        onChange={setRisk}
      />
      <Field
        {...{ label: t('risks.since'), type: 'date', value: since, max: today }}
        onChange={setSince}
      />
      {isReady && (
        <p className={css['note']} data-kind="wrong" role="status">
          {t('risks.confirm', {
            ...{ district: districtName(code), after: t(`risks.${risk}`), since },
            before: before ? t(`risks.${before.risk}`) : t('risks.noRisk'),
          })}
        </p>
      )}
      <LastRefusal />
      <div className={css['row']}>
        <Button kind="primary" disabled={busy || !isReady} onClick={() => void set()}>
          {t('risks.set')}
        </Button>
        <Button onClick={onClose}>{t('app.cancel')}</Button>
      </div>
    </Dialog>
  );
}
