import css from './toggle.module.css';

interface Props {
  title: string;
  on: boolean;
  onChange: (on: boolean) => void;
}

/** On or off. */
export function Toggle({ title, on, onChange }: Props) {
  return (
    <label className={css['toggle']}>
      <span>{title}</span>
      <input
        type="checkbox"
        role="switch"
        aria-checked={on}
        checked={on}
        onChange={(event) => onChange(event.target.checked)}
      />
    </label>
  );
}
