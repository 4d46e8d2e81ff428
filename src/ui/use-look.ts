import { useEffect } from 'react';
import { useApp } from './use-ui.ts';

/** Keeps language and theme of the document as the settings say; `auto` follows the phone. */
export function useLook(): void {
  const language = useApp((state) => state.settings.language);
  const theme = useApp((state) => state.settings.theme);

  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);

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
