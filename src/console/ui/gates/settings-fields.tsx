import type { PlacedGate } from '../../../core/console/gates.ts';
import { languages } from '../../../core/enrol/gate-settings.ts';
import { kioskCameras } from '../../../core/enrol/kiosk-camera.ts';
import { isPin } from '../../../core/enrol/pin.ts';
import { Field, Select } from '../../../parts/labelled.tsx';
import { languageNames } from '../../../words/translator.ts';
import css from '../parts/desk.module.css';
import { useWords } from '../use-console.ts';
import { isPassBack, type TypedSettings } from './typed-settings.ts';

interface Props {
  gate: PlacedGate | undefined;
  typed: TypedSettings;
  onChange: (part: Partial<TypedSettings>) => void;
}

/** What the phones of a gate are told; a PIN is typed twice and never shown. */
export function SettingsFields({ gate, typed, onChange }: Props) {
  const { t, f } = useWords();
  const { pin, again, noPin } = typed;
  const since = gate?.settingsIat;
  return (
    <fieldset className={css['form']}>
      <legend>
        <strong>{t('set.title')}</strong>
      </legend>
      <p className={css['hint']}>
        {t('set.why')} {since !== undefined && t('set.since', { time: f.stamp(since * 1000) })}
      </p>
      <Select
        label={t('set.rapid')}
        hint={t('set.rapidHint')}
        value={typed.rapid}
        choices={[
          ['', t('set.asGuard')],
          ['on', t('set.on')],
          ['off', t('set.off')],
        ]}
        onChange={(rapid) => onChange({ rapid })}
      />
      <Field
        label={t('set.passBack')}
        hint={t('set.passBackHint')}
        wrong={!isPassBack(typed.passBack)}
        value={typed.passBack}
        onChange={(passBack) => onChange({ passBack })}
        inputMode="decimal"
        maxLength={8}
      />
      <Select
        label={t('set.language')}
        hint={t('set.languageHint')}
        value={typed.language}
        choices={[
          ['', t('set.asPhone')],
          ...languages.map((language) => [language, languageNames[language]] as const),
        ]}
        onChange={(language) => onChange({ language })}
      />
      <Select
        label={t('set.kiosk')}
        hint={t('set.kioskHint')}
        value={typed.kiosk}
        choices={[
          ['', t('set.kioskNo')],
          ...kioskCameras.map((camera) => [camera, t(`set.kiosk.${camera}`)] as const),
        ]}
        onChange={(kiosk) => onChange({ kiosk })}
      />
      <Field
        label={t(gate?.hasPin ? 'set.pinAnother' : 'set.pin')}
        hint={t(gate?.hasPin ? 'set.pinKept' : 'set.pinHint')}
        wrong={pin !== '' && !isPin(pin)}
        value={pin}
        onChange={(typedPin) => onChange({ pin: typedPin })}
        type="password"
        autoComplete="new-password"
        inputMode="numeric"
        maxLength={12}
        disabled={noPin}
      />
      {pin !== '' && (
        <Field
          label={t('set.pinAgain')}
          hint={pin === again ? undefined : t('set.pinDiffers')}
          wrong={again !== '' && pin !== again}
          value={again}
          onChange={(typedAgain) => onChange({ again: typedAgain })}
          type="password"
          autoComplete="new-password"
          inputMode="numeric"
          maxLength={12}
        />
      )}
      {gate?.hasPin && (
        <label className={css['row']}>
          <input
            type="checkbox"
            checked={noPin}
            onChange={(event) => onChange({ noPin: event.target.checked, pin: '', again: '' })}
          />
          {t('set.pinRemove')}
        </label>
      )}
    </fieldset>
  );
}
