import css from './switch-row.module.css';

interface Props {
  label: string;
  hint: string;
  isOn: boolean;
  onChange: (isOn: boolean) => void;
}

/** Something that is on or off, as a row that is hit anywhere. */
export function SwitchRow({ label, hint, isOn, onChange }: Props) {
  return (
    <label className={css['row']}>
      <span>
        <strong>{label}</strong>
        <span className={css['hint']}>{hint}</span>
      </span>
      <input
        type="checkbox"
        role="switch"
        aria-checked={isOn}
        checked={isOn}
        onChange={(event) => onChange(event.target.checked)}
      />
    </label>
  );
}
