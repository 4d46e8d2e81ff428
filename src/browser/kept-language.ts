import type { Language } from '../core/terms.ts';

/** The language of a page, kept in this browser under a name of the page's own. */
export interface KeptLanguage {
  /** Chosen here before, else what the browser prefers. Without storage it is chosen each time. */
  read(): Language;
  keep(chosen: Language): void;
}

export const keptLanguage = (name: string): KeptLanguage => ({
  read() {
    try {
      const kept = localStorage.getItem(name);
      if (kept === 'zh-CN' || kept === 'zh-TW' || kept === 'en') return kept;
    } catch {
      // private windows may have none
    }
    return preferred();
  },
  keep(chosen) {
    try {
      localStorage.setItem(name, chosen);
    } catch {
      // the same
    }
  },
});

function preferred(): Language {
  for (const tag of navigator.languages) {
    if (/^zh\b.*\b(TW|HK|MO|Hant)\b/i.test(tag)) return 'zh-TW';
    if (/^zh\b/i.test(tag)) return 'zh-CN';
    if (/^en\b/i.test(tag)) return 'en';
  }
  return 'zh-CN';
}
