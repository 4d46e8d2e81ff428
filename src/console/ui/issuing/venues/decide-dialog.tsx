import { useState } from 'react';
import {
  type PlaceRow,
  venueCodeDays,
  type WaitingVenue,
} from '../../../../core/place/desk-places.ts';
import { Field, Lines, Select } from '../../../../parts/labelled.tsx';
import { Button } from '../../parts/button.tsx';
import css from '../../parts/desk.module.css';
import { Dialog } from '../../parts/dialog.tsx';
import { LastRefusal } from '../../parts/refusal.tsx';
import { useConsole, useDesk, useWords } from '../../use-console.ts';
import { Check } from '../check.tsx';
import { millis } from '../scheme.ts';
import { daysOf, PlaceFields, placeOf, typedOf } from './place-fields.tsx';

interface Props {
  application: WaitingVenue;
  onClose: () => void;
  /** The place with its code; undefined when it was refused. */
  onDone: (place: PlaceRow | undefined) => void;
}

/** One application, looked at: granted with what the desk has put right, or refused for a reason. */
export function DecideDialog({ application, onClose, onDone }: Props) {
  const desk = useConsole();
  const { t, f } = useWords();
  const busy = useDesk((state) => state.busy);
  const [outcome, setOutcome] = useState<'granted' | 'refused' | ''>('');
  const [typed, setTyped] = useState(typedOf(application));
  const [days, setDays] = useState(String(venueCodeDays.usual));
  const [takesOver, setTakesOver] = useState(false);
  const [reason, setReason] = useState('');
  const { taken } = application;
  // of the place it names: another id is another place
  const isTaken = taken !== undefined && typed.place.trim() === application.place;
  const place = placeOf(typed);
  const granted = place &&
    daysOf(days) !== undefined &&
    (!isTaken || takesOver) && {
      ...{ outcome, ...place, days: daysOf(days) },
      ...(isTaken && { replaces: taken.code }),
    };
  const refused = reason.trim() !== '' && { outcome, reason: reason.trim() };
  const body = (outcome === 'granted' && granted) || (outcome === 'refused' && refused);
  const send = (said: object) =>
    desk.act(async () => {
      const path = `/venue-applications/${application.id}`;
      const answer = await desk.issuing.send<{ place?: PlaceRow }>(path, said);
      if (answer.ok) onDone(answer.value.place);
      return answer;
    });
  return (
    <Dialog title={t('venues.decideWhich', { name: application.name })} onClose={onClose}>
      <form
        className={css['form']}
        onSubmit={(event) => {
          event.preventDefault();
          if (body) void send(body);
        }}
      >
        <Asker application={application} />
        <Select
          label={t('venues.outcome')}
          value={outcome}
          choices={[
            ['', t('venues.choose')],
            ['granted', t('venues.granted')],
            ['refused', t('venues.refused')],
          ]}
          onChange={setOutcome}
        />
        {outcome === 'granted' && (
          <>
            <PlaceFields typed={typed} onChange={setTyped} />
            <Field
              {...{ label: t('venues.days'), hint: t('venues.daysHint'), value: days }}
              {...{ inputMode: 'numeric', maxLength: 3, wrong: daysOf(days) === undefined }}
              onChange={setDays}
            />
            {isTaken && (
              <div className={css['note']} data-kind="wrong" role="status">
                <p>{t('venues.taken', { name: taken.name, time: f.stamp(millis(taken.exp)) })}</p>
                <Check checked={takesOver} onChange={setTakesOver}>
                  {t('venues.takeOver')}
                </Check>
              </div>
            )}
          </>
        )}
        {outcome === 'refused' && (
          <Lines
            label={t('venues.reason')}
            hint={t('venues.reasonHint')}
            value={reason}
            rows={3}
            onChange={(text) => setReason(oneLine(text))}
          />
        )}
        <p className={css['hint']}>{t('venues.final')}</p>
        <LastRefusal />
        <Button type="submit" kind="primary" disabled={busy || !body}>
          {t('venues.send')}
        </Button>
      </form>
    </Dialog>
  );
}

/** A reason is one line of at most 200 characters, however it is typed. */
export const oneLine = (text: string): string => text.replace(/\s+/g, ' ').slice(0, 200);

function Asker({ application: { at, by } }: { application: WaitingVenue }) {
  const { t, f } = useWords();
  return (
    <dl className={css['facts']}>
      <dt>{t('venues.by')}</dt>
      <dd>
        {by.number === undefined
          ? t('venues.byDesk', { name: by.name })
          : `${by.name} ${by.number}`}
      </dd>
      <dt>{t('venues.at')}</dt>
      <dd>{f.stamp(at)}</dd>
    </dl>
  );
}
