import { useEffect, useRef } from 'react';
import { venues as allVenues, type Venue } from '../../../core/trust/venue-rule.ts';
import { Button } from '../../../parts/button.tsx';
import { Field, Select } from '../../../parts/labelled.tsx';
import { DistrictField } from '../declare/district-field.tsx';
import { focusFirstWrong } from '../parts/focus-first-wrong.ts';
import css from '../parts/page.module.css';
import { refusalText } from '../parts/refusal.tsx';
import { useApp, useCitizen, useWords } from '../use-citizen.ts';
import { useVisitsWords } from '../visits/use-visits-words.ts';
import own from './venues.module.css';

const isVenue = (text: string): text is Venue => (allVenues as readonly string[]).includes(text);

/** The place a code is wanted for. */
export function VenueForm() {
  const { venues } = useCitizen();
  const { form, problems, looked, sending, refused } = useApp((state) => state.venues);
  const t = useVisitsWords();
  const { t: common } = useWords();
  const element = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (looked > 0) focusFirstWrong(element.current);
  }, [looked]);
  return (
    <form
      ref={element}
      className={css['card']}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void venues.send();
      }}
    >
      <h2>{t('venues.new')}</h2>
      <Field
        label={t('venues.name')}
        hint={problems.name ? t(`venues.wrong.name.${problems.name}`) : t('venues.nameHint')}
        wrong={problems.name !== undefined}
        maxLength={64}
        value={form.name}
        onChange={(name) => venues.change({ name })}
      />
      <Select
        label={t('venues.venue')}
        hint={problems.venue && t(`venues.wrong.venue.${problems.venue}`)}
        wrong={problems.venue !== undefined}
        value={form.venue as string}
        choices={[
          ['', t('venues.choose')],
          ...allVenues.map((one) => [one, t(`venues.type.${one}`)] as const),
        ]}
        onChange={(chosen) => venues.change({ venue: isVenue(chosen) ? chosen : '' })}
      />
      <DistrictField
        label={t('venues.district')}
        none={t('venues.choose')}
        wrong={problems.district && t(`venues.wrong.district.${problems.district}`)}
        value={form.district}
        onChange={(district) => venues.change({ district })}
      />
      <Field
        label={t('venues.gate')}
        hint={problems.gate ? t(`venues.wrong.gate.${problems.gate}`) : t('venues.gateHint')}
        wrong={problems.gate !== undefined}
        maxLength={64}
        autoCapitalize="none"
        value={form.gate}
        onChange={(gate) => venues.change({ gate })}
      />
      <div role="alert">
        {refused && (
          <p className={css['note']}>
            {refused.code === 'application-open' ? t('venues.open') : refusalText(common, refused)}{' '}
            {t('venues.kept')}
          </p>
        )}
      </div>
      <div className={own['send']}>
        <Button kind="primary" type="submit" disabled={sending}>
          {t(sending ? 'venues.sending' : 'venues.send')}
        </Button>
      </div>
    </form>
  );
}
