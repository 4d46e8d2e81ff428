import { useState } from 'react';
import { type PlaceRow, venueCodeDays } from '../../../../core/place/desk-places.ts';
import { Field } from '../../../../parts/labelled.tsx';
import { Button } from '../../parts/button.tsx';
import css from '../../parts/desk.module.css';
import { Dialog } from '../../parts/dialog.tsx';
import { LastRefusal } from '../../parts/refusal.tsx';
import { useConsole, useDesk, useWords } from '../../use-console.ts';
import { useScheme } from '../scheme.ts';
import { CodeState, isGoodCode } from './code-state.tsx';
import { daysOf } from './place-fields.tsx';
import { VisitsForm } from './visits-form.tsx';

interface Props {
  of: PlaceRow;
  onClose: () => void;
  onPoster: (place: PlaceRow) => void;
  onRevoked: () => void;
}

type Doing = 'renew' | 'revoke' | 'visits';

/** One place: its poster, another code, the end of the one it has, who was there. */
export function PlaceDialog({ of, onClose, onPoster, onRevoked }: Props) {
  const { t } = useWords();
  const { districtName } = useScheme();
  const [doing, setDoing] = useState<Doing>();
  const { code } = of;
  const isInUse = code !== undefined && code.revokedAt === undefined;
  const choose = (what: Doing, kind: 'plain' | 'danger' = 'plain') => (
    <Button kind={kind} aria-expanded={doing === what} onClick={() => setDoing(what)}>
      {t(`venues.${what}`)}
    </Button>
  );
  return (
    <Dialog title={of.name} onClose={onClose}>
      <dl className={css['facts']}>
        <dt>{t('venues.kind')}</dt>
        <dd>{t(`venue.${of.venue}`)}</dd>
        <dt>{t('venues.place')}</dt>
        <dd>
          <code>{of.place}</code>
        </dd>
        {of.district !== undefined && (
          <>
            <dt>{t('venues.district')}</dt>
            <dd>{districtName(of.district)}</dd>
          </>
        )}
        {of.hotline !== undefined && (
          <>
            <dt>{t('venues.hotline')}</dt>
            <dd>{of.hotline}</dd>
          </>
        )}
        <dt>{t('venues.state')}</dt>
        <dd>
          <CodeState code={code} />
        </dd>
      </dl>
      <div className={css['row']}>
        {isGoodCode(code) && (
          <Button kind="primary" onClick={() => onPoster(of)}>
            {t('venues.poster')}
          </Button>
        )}
        {choose('renew')}
        {choose('visits')}
        {isInUse && choose('revoke', 'danger')}
      </div>
      {doing === 'renew' && <Renew of={of} onDone={onPoster} />}
      {doing === 'revoke' && <Revoke of={of} onDone={onRevoked} />}
      {doing === 'visits' && <VisitsForm place={of.place} />}
    </Dialog>
  );
}

function Renew({ of, onDone }: { of: PlaceRow; onDone: (place: PlaceRow) => void }) {
  const desk = useConsole();
  const { t } = useWords();
  const busy = useDesk((state) => state.busy);
  const [days, setDays] = useState(String(venueCodeDays.usual));
  const renew = () =>
    desk.act(async () => {
      const answer = await desk.issuing.send<{ place: PlaceRow }>('/places/renew', {
        ...{ place: of.place, days: daysOf(days) },
        ...(of.code && { replaces: of.code.id }),
      });
      if (answer.ok) onDone(answer.value.place);
      return answer;
    });
  return (
    <div className={css['form']}>
      <p className={css['note']} data-kind="wrong">
        {t('venues.renewWhy')}
      </p>
      <Field
        {...{ label: t('venues.days'), hint: t('venues.daysHint'), value: days }}
        {...{ inputMode: 'numeric', maxLength: 3, wrong: daysOf(days) === undefined }}
        onChange={setDays}
      />
      <LastRefusal />
      <Button
        kind="primary"
        disabled={busy || daysOf(days) === undefined}
        onClick={() => void renew()}
      >
        {t('venues.renewNow')}
      </Button>
    </div>
  );
}

function Revoke({ of, onDone }: { of: PlaceRow; onDone: () => void }) {
  const desk = useConsole();
  const { t } = useWords();
  const busy = useDesk((state) => state.busy);
  const [reason, setReason] = useState('');
  const revoke = async () => {
    const body = { place: of.place, code: of.code?.id, reason: reason.trim() };
    if (await desk.act(() => desk.issuing.send('/places/revoke', body))) onDone();
  };
  return (
    <div className={css['form']}>
      <p className={css['note']} data-kind="wrong">
        {t('venues.revokeWhy')}
      </p>
      <Field
        {...{ label: t('venues.reason'), hint: t('venues.logHint'), value: reason }}
        maxLength={200}
        onChange={setReason}
      />
      <LastRefusal />
      <Button kind="danger" disabled={busy || reason.trim() === ''} onClick={() => void revoke()}>
        {t('venues.revokeNow')}
      </Button>
    </div>
  );
}
