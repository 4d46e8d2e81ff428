import css from './tab-icon.module.css';

const paths = {
  code: 'M4 4h6v6H4ZM14 4h6v6h-6ZM4 14h6v6H4ZM14 14h2v2h-2ZM20 14v2M14 20h2M19 19h1v1h-1Z',
  scan: 'M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5M4 12h16',
  pen: 'M4 20h4L20 8l-4-4L4 16ZM13 7l4 4',
  family:
    'M8 10a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM17 12.5a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4ZM2 20a6 6 0 0 1 12 0M14 16.5a4.2 4.2 0 0 1 7.5 3.5',
  person: 'M12 11.5a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4 21a8 8 0 0 1 16 0',
} as const;

export type TabIconName = keyof typeof paths;

/** A line drawing above the word of a tab; silent for a screen reader. */
export function TabIcon({ name }: { name: TabIconName }) {
  return (
    <svg className={css['icon']} viewBox="0 0 24 24" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  );
}
