import { useEffect } from 'react';
import { useApp } from './use-ui.ts';

/** Keeps language, theme, text size and hand of the document as the settings say; `auto` follows the phone. */
export function useLook(): void {
  const language = useApp((state) => state.settings.language);
  const theme = useApp((state) => state.settings.theme);

  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);

  const textSize = useApp((state) => state.settings.textSize);
  const leftHanded = useApp((state) => state.settings.leftHanded);
  useEffect(() => {
    document.documentElement.dataset['text'] = String(textSize);
    document.documentElement.dataset['hand'] = leftHanded ? 'left' : 'right';
  }, [textSize, leftHanded]);

  useEffect(() => {
    const dark = matchMedia('(prefers-color-scheme: dark)');
    const update = () => {
      const look = theme === 'auto' ? (dark.matches ? 'night' : 'light') : theme;
      document.documentElement.dataset['theme'] = look;
    };
    update();
    dark.addEventListener('change', update);
    return () => dark.removeEventListener('change', update);
  }, [theme]);
}
