import { Button } from '../../../parts/button.tsx';
import { Icon } from '../../../parts/icon.tsx';
import { hashOf } from '../../app/place/place-state.ts';
import css from '../parts/page.module.css';
import { placesWithin } from '../places-within.ts';
import { useApp, useCitizen, useWords } from '../use-citizen.ts';
import { SwitchRow } from './switch-row.tsx';

/** Mine: pages that are seldom wanted, how it looks, what is stored, and the end of the session. */
export function SettingsPage() {
  const { session, settings } = useCitizen();
  const self = useApp((state) => state.session.self);
  const { isLarge, isNameHidden } = useApp((state) => state.settings);
  const { t } = useWords();
  return (
    <div className={css['page']}>
      {self && !isNameHidden && (
        <p className={css['card']}>
          {self.name} {self.number}
        </p>
      )}
      {placesWithin.length > 0 && (
        <ul className={css['links']}>
          {placesWithin.map((page) => (
            <li key={page}>
              <a className={css['link']} href={hashOf(page)}>
                {t(`page.${page}`)}
                <Icon name="go" />
              </a>
            </li>
          ))}
        </ul>
      )}
      <SwitchRow
        label={t('settings.large')}
        hint={t('settings.largeWhy')}
        isOn={isLarge}
        onChange={(isOn) => settings.choose({ isLarge: isOn })}
      />
      <SwitchRow
        label={t('code.hideName')}
        hint={t('settings.hideNameWhy')}
        isOn={isNameHidden}
        onChange={(isOn) => settings.choose({ isNameHidden: isOn })}
      />
      <section className={css['card']}>
        <h2>{t('settings.privacy')}</h2>
        <ul className={css['list']}>
          <li>{t('settings.storedCode')}</li>
          <li>{t('settings.storedVisits')}</li>
          <li>{t('settings.storedChoices')}</li>
          <li>{t('settings.notStored')}</li>
          <li>{t('settings.deleted')}</li>
        </ul>
      </section>
      <Button onClick={() => void session.signOut()}>{t('app.signOut')}</Button>
    </div>
  );
}
