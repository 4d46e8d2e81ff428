import type { Language } from '../core/terms.ts';
import css from './language-picker.module.css';

interface Props {
  /** What it is, for a screen reader. */
  label: string;
  /** Each language under its own name. */
  names: Readonly<Record<Language, string>>;
  language: Language;
  choose: (language: Language) => void;
}

/** Each language under its own name, so that nobody has to read another one to find theirs. */
export function LanguagePicker({ label, names, language, choose }: Props) {
  return (
    <select
      className={css['picker']}
      aria-label={label}
      value={language}
      onChange={(event) => choose(event.target.value as Language)}
    >
      {Object.entries(names).map(([tag, name]) => (
        <option key={tag} value={tag} lang={tag}>
          {name}
        </option>
      ))}
    </select>
  );
}
