import { useEffect, useMemo, useRef } from 'react';
import { Button } from '../../../parts/button.tsx';
import { SomeOf } from '../../../parts/choices.tsx';
import { Icon } from '../../../parts/icon.tsx';
import { Shape } from '../../../parts/shape.tsx';
import type { Found, NoEntry } from '../../app/visits/visits-state.ts';
import { peopleOf } from '../code/people.ts';
import css from '../parts/page.module.css';
import { useApp, useCitizen, useWords } from '../use-citizen.ts';
import { useVisitsWords } from './use-visits-words.ts';
import own from './visits.module.css';

/** What was scanned: the place and whether one wants to go in, or why not and what to do. */
export function FoundCard({ found }: { found: Found }) {
  const heading = useRef<HTMLHeadingElement>(null);
  // who does not see the page hears what it is
  useEffect(() => heading.current?.focus(), []);
  return found.isGood ? (
    <Good found={found} heading={heading} />
  ) : (
    <Bad found={found} heading={heading} />
  );
}

type Heading = React.RefObject<HTMLHeadingElement | null>;

function Good({ found, heading }: { found: Found & { isGood: true }; heading: Heading }) {
  const { visits } = useCitizen();
  const { along, entering, isNotKept } = useApp((state) => state.visits);
  const t = useVisitsWords();
  const { name, venue } = found.code;
  return (
    <section className={css['card']}>
      <p className={own['good']}>
        <Icon name="done" />
        {t('visits.genuine')}
      </p>
      <h2 ref={heading} tabIndex={-1} className={own['place']}>
        {name}
      </h2>
      {venue && venue !== 'other' && <p>{t(`venues.type.${venue}`)}</p>}
      <OtherHost host={found.otherHost} />
      <p>{t('visits.isIt')}</p>
      <Along along={along} />
      <p className={css['hint']}>{t('visits.recorded')}</p>
      <div role="alert">{isNotKept && <p className={css['note']}>{t('visits.notKept')}</p>}</div>
      <div className={own['buttons']}>
        <Button kind="primary" disabled={entering} onClick={() => void visits.enter()}>
          {t(entering ? 'visits.entering' : 'visits.enter')}
        </Button>
        <Button onClick={visits.putAway}>{t('visits.notEnter')}</Button>
      </div>
    </section>
  );
}

/** Relatives on this phone, by tick. */
function Along({ along }: { along: readonly string[] }) {
  const { visits, store } = useCitizen();
  const [session, relatives, kept] = [
    useApp((all) => all.session),
    useApp((all) => all.relatives),
    useApp((all) => all.code.kept),
  ];
  const isNameHidden = useApp(({ settings }) => settings.isNameHidden);
  const t = useVisitsWords();
  const { t: common } = useWords();
  // biome-ignore lint/correctness/useExhaustiveDependencies: what it is worked out from
  const people = useMemo(() => peopleOf(store.getState()).slice(1), [session, relatives, kept]);
  if (people.length === 0) return null;
  return (
    <SomeOf
      legend={t('visits.along')}
      choices={people.map(
        ({ whose, name }, at) =>
          [whose, isNameHidden ? `${common('tab.relatives')} ${at + 1}` : name] as const,
      )}
      values={along}
      onChange={visits.bring}
    />
  );
}

/** How each trouble is told: several look the same to who stands before the poster. */
const groups: Readonly<Record<NoEntry, Group>> = {
  malformed: 'forged',
  'bad-signature': 'forged',
  'unknown-issuer': 'stranger',
  'unknown-key': 'stranger',
  'issuer-retired': 'revoked',
  'issuer-suspended': 'revoked',
  revoked: 'revoked',
  suspended: 'revoked',
  expired: 'expired',
  'not-yet-valid': 'early',
  'trust-missing': 'untold',
  'trust-expired': 'untold',
  'app-outdated': 'untold',
  'clock-untrusted': 'untold',
  'list-too-old': 'untold',
  'not-a-poster': 'other',
  'other-host': 'host',
  cut: 'cut',
};
type Group =
  | ('forged' | 'stranger' | 'revoked' | 'expired' | 'early')
  | ('untold' | 'other' | 'host' | 'cut');

function Bad({ found, heading }: { found: Found & { isGood: false }; heading: Heading }) {
  const { visits } = useCitizen();
  const t = useVisitsWords();
  const group = groups[found.why];
  const isFalse = group === 'forged' || group === 'host';
  return (
    <section className={`${css['card']} ${own[isFalse ? 'bad' : 'unsure']}`} role="alert">
      <h2 ref={heading} tabIndex={-1} className={own['title']}>
        <Shape state={isFalse ? 'stop' : 'unknown'} />
        {t(`visits.no.${group}`)}
      </h2>
      {found.name !== undefined && <p className={own['place']}>{found.name}</p>}
      <OtherHost host={found.otherHost} />
      <p>{t(`visits.next.${group}`)}</p>
      <Button kind="primary" onClick={visits.putAway}>
        {t('visits.again')}
      </Button>
    </section>
  );
}

/** Where the link on a poster leads, when that is not here. */
function OtherHost({ host }: { host: string | undefined }) {
  const t = useVisitsWords();
  return host === undefined ? null : (
    <p className={`${css['note']} ${own['host']}`}>{t('visits.otherHost', { host })}</p>
  );
}
