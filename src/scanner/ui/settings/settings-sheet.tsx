import type { Language } from '../../../core/terms.ts';
import { languageNames } from '../../../words/translator.ts';
import type { Theme } from '../../app/phone/settings.ts';
import { loadLanguage } from '../../words/translate.ts';
import { Sheet } from '../parts/sheet.tsx';
import { useActions, useApp, useWords } from '../use-ui.ts';
import { About } from './about.tsx';
import { Choice } from './choice.tsx';
import { FromDesk } from './from-desk.tsx';
import { RarePages } from './rare-pages.tsx';
import { ChangeScannedWith } from './scanned-with.tsx';
import { Toggle } from './toggle.tsx';

const languages: readonly Language[] = ['zh-CN', 'zh-TW', 'en'];
const themes: readonly Theme[] = ['auto', 'light', 'night', 'strong'];
const switches = ['sound', 'voice', 'vibration', 'quiet', 'leftHanded'] as const;
const textSizes = [100, 120, 140] as const;
const returnSeconds = [0, 1, 1.8, 3, 5, 10, 20];

/** What the guard may choose, and what this phone is. Every change counts at once. */
export function SettingsSheet({ onClose }: { onClose: () => void }) {
  const settings = useApp((state) => state.settings);
  const venue = useApp((state) => state.gate?.venue);
  const isRapidGate = venue === 'transit' || venue === 'station';
  const { t } = useWords();
  const { setSettings } = useActions();
  const set = (change: Parameters<typeof setSettings>[0]) => void setSettings(change);
  return (
    <Sheet title={t('settings.title')} onClose={onClose}>
      <Choice
        title={t('settings.language')}
        value={settings.language}
        options={languages.map((language) => [language, languageNames[language]] as const)}
        onChange={(language) => void loadLanguage(language).then(() => set({ language }))}
      />
      <Choice
        title={t('settings.theme')}
        value={settings.theme}
        options={themes.map((theme) => [theme, t(`settings.theme.${theme}`)] as const)}
        onChange={(theme) => set({ theme })}
      />
      <Choice
        title={t('settings.textSize')}
        value={settings.textSize}
        options={textSizes.map((size) => [size, t('settings.percent', { n: size })] as const)}
        onChange={(textSize) => set({ textSize })}
      />
      {switches.map((name) => (
        <Toggle
          key={name}
          title={t(`settings.${name}`)}
          on={settings[name]}
          onChange={(on) => set({ [name]: on })}
        />
      ))}
      {isRapidGate && (
        <Toggle
          title={t('settings.rapid')}
          on={settings.rapid}
          onChange={(rapid) => set({ rapid })}
        />
      )}
      <ChangeScannedWith />
      <ReturnChoice />
      <FromDesk />
      <RarePages />
      <About />
    </Sheet>
  );
}

function ReturnChoice() {
  const value = useApp((state) => state.settings.autoReturnS);
  const { t, f } = useWords();
  const { setSettings } = useActions();
  const label = (seconds: number) =>
    seconds === 0 ? t('settings.returnOff') : t('settings.seconds', { n: f.number(seconds) });
  return (
    <Choice
      title={t('settings.return')}
      value={value}
      options={returnSeconds.map((seconds) => [seconds, label(seconds)] as const)}
      onChange={(autoReturnS) => void setSettings({ autoReturnS })}
    />
  );
}
