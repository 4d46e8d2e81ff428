import { useState } from 'react';
import type { PlaceRow, PlacesFound, WaitingVenue } from '../../../../core/place/desk-places.ts';
import { Field } from '../../../../parts/labelled.tsx';
import { Button } from '../../parts/button.tsx';
import { DataTable } from '../../parts/data-table.tsx';
import css from '../../parts/desk.module.css';
import { Loaded } from '../../parts/loaded.tsx';
import { useIssuing, useIssuingFound, useWords } from '../../use-console.ts';
import { Check } from '../check.tsx';
import { AskDialog } from './ask-dialog.tsx';
import { CodeState } from './code-state.tsx';
import { DecideDialog } from './decide-dialog.tsx';
import { PlaceDialog } from './place-dialog.tsx';
import { PosterView } from './poster-view.tsx';

/** Venue codes 场所码: who asks for one, which places have one, and the poster that is printed. */
export function VenuesPage() {
  const [poster, setPoster] = useState<PlaceRow>();
  if (poster) return <PosterView place={poster} onBack={() => setPoster(undefined)} />;
  return <Lists onPoster={setPoster} />;
}

interface Waiting {
  readonly applications: readonly WaitingVenue[];
}

function Lists({ onPoster }: { onPoster: (place: PlaceRow) => void }) {
  const { t } = useWords();
  const waiting = useIssuing<Waiting>('/venue-applications');
  const [open, setOpen] = useState<WaitingVenue | 'ask'>();
  const [done, setDone] = useState<'asked' | 'wasRefused' | 'wasRevoked'>();
  const close = (what?: typeof done) => {
    setOpen(undefined);
    setDone(what);
    void waiting.refresh();
  };
  return (
    <>
      <p className={css['hint']}>{t('venues.why')}</p>
      <p role="status" className={done === undefined ? undefined : css['note']}>
        {done !== undefined && t(`venues.${done}`)}
      </p>
      <div className={css['box']}>
        <div className={css['spread']}>
          <h3>{t('venues.waiting')}</h3>
          <Button onClick={() => setOpen('ask')}>{t('venues.ask')}</Button>
        </div>
        <Loaded query={waiting}>
          {({ applications }) =>
            applications.length === 0 ? (
              <p>{t('venues.noneWait')}</p>
            ) : (
              <WaitingTable applications={applications} onOpen={setOpen} />
            )
          }
        </Loaded>
      </div>
      <Places onPoster={onPoster} onRevoked={() => setDone('wasRevoked')} />
      {open === 'ask' && <AskDialog onClose={() => close()} onDone={() => close('asked')} />}
      {open !== undefined && open !== 'ask' && (
        <DecideDialog
          application={open}
          onClose={() => close()}
          onDone={(place) => (place ? onPoster(place) : close('wasRefused'))}
        />
      )}
    </>
  );
}

function WaitingTable({
  applications,
  onOpen,
}: Waiting & { onOpen: (application: WaitingVenue) => void }) {
  const { t, f } = useWords();
  return (
    <DataTable
      rows={applications}
      keyOf={({ id }) => id}
      columns={[
        { head: t('venues.name'), is: 'name', cell: ({ name }) => name },
        { head: t('venues.kind'), cell: ({ venue }) => t(`venue.${venue}`) },
        { head: t('venues.at'), cell: ({ at }) => f.stamp(at) },
        {
          head: t('venues.by'),
          cell: ({ by }) =>
            by.number === undefined ? t('venues.byDesk', { name: by.name }) : by.name,
        },
      ]}
      action={{
        head: t('venues.decide'),
        cell: (one) => (
          <Button
            aria-label={t('venues.decideWhich', { name: one.name })}
            onClick={() => onOpen(one)}
          >
            {t('venues.decide')}
          </Button>
        ),
      }}
    />
  );
}

interface PlacesProps {
  onPoster: (place: PlaceRow) => void;
  onRevoked: () => void;
}

function Places({ onPoster, onRevoked }: PlacesProps) {
  const { t } = useWords();
  const [search, setSearch] = useState('');
  const [soon, setSoon] = useState(false);
  const [open, setOpen] = useState<PlaceRow>();
  const question = { text: search.trim(), ...(soon && { soon }) };
  const found = useIssuingFound<PlacesFound>('/places', question);
  const isAll = search.trim() === '' && !soon;
  return (
    <div className={css['box']}>
      <h3>{t('venues.places')}</h3>
      <div className={css['spread']}>
        <Field
          {...{ label: t('venues.search'), value: search, type: 'search', maxLength: 64 }}
          onChange={setSearch}
        />
        <Check checked={soon} onChange={setSoon}>
          {t('venues.soon')}
        </Check>
      </div>
      <Loaded query={found}>
        {({ places, more }) =>
          places.length === 0 ? (
            <p>{t(isAll ? 'venues.none' : 'venues.noneFound')}</p>
          ) : (
            <>
              <PlaceTable places={places} onOpen={setOpen} />
              {more && <p className={css['note']}>{t('venues.more')}</p>}
            </>
          )
        }
      </Loaded>
      {open && (
        <PlaceDialog
          of={open}
          onClose={() => setOpen(undefined)}
          onPoster={onPoster}
          onRevoked={() => {
            setOpen(undefined);
            onRevoked();
            void found.refresh();
          }}
        />
      )}
    </div>
  );
}

function PlaceTable({
  places,
  onOpen,
}: Pick<PlacesFound, 'places'> & { onOpen: (place: PlaceRow) => void }) {
  const { t } = useWords();
  return (
    <DataTable
      rows={places}
      keyOf={({ place }) => place}
      columns={[
        { head: t('venues.name'), is: 'name', cell: ({ name }) => name },
        { head: t('venues.kind'), cell: ({ venue }) => t(`venue.${venue}`) },
        { head: t('venues.place'), cell: ({ place }) => <code>{place}</code> },
        { head: t('venues.state'), cell: ({ code }) => <CodeState code={code} /> },
      ]}
      action={{
        head: t('venues.open'),
        cell: (one) => (
          <Button
            aria-label={t('venues.openWhich', { name: one.name })}
            onClick={() => onOpen(one)}
          >
            {t('venues.open')}
          </Button>
        ),
      }}
    />
  );
}
