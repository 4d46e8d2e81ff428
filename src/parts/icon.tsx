import css from './icon.module.css';

const paths = {
  picture: 'M3 5h18v14H3ZM3 16l5-5 4 4 3-3 6 5M15.5 9.5v.1',
  torch: 'M7 3h10v4l-3 4v10h-4V11L7 7ZM7 7h10M12 14v2',
  lens: 'M4 9a8 8 0 0 1 14-3l2 2M20 3v5h-5M20 15a8 8 0 0 1-14 3l-2-2M4 21v-5h5',
  pen: 'M4 20h4L20 8l-4-4L4 16ZM13 7l4 4',
  list: 'M8 6h13M8 12h13M8 18h13M3.5 6h.1M3.5 12h.1M3.5 18h.1',
  settings: 'M4 7h9M17 7h3M4 17h3M11 17h9M15 4.5v5M9 14.5v5',
  camera: 'M4 8h4l2-3h4l2 3h4v11H4ZM12 16.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7Z',
  close: 'M5 5l14 14M19 5 5 19',
  back: 'M9 6 3 12l6 6M3 12h13a5 5 0 0 1 0 10h-3',
  online: 'M2 9a15 15 0 0 1 20 0M5.5 13a10 10 0 0 1 13 0M9 16.5a5 5 0 0 1 6 0M12 20v.1',
  offline: 'M2 9a15 15 0 0 1 20 0M5.5 13a10 10 0 0 1 13 0M9 16.5a5 5 0 0 1 6 0M12 20v.1M4 3l17 18',
  // bars of a network and a mark of exclamation; a bar across
  wrong:
    'M2 9a15 15 0 0 1 14-4.7M5.5 13a10 10 0 0 1 8.5-2.9M9 16.5a5 5 0 0 1 5-1.3M12 20v.1M19.5 4v10M19.5 18.5v.1',
  refused: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM7 12h10',
  guard: 'M12 11.5a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4 21a8 8 0 0 1 16 0',
  phone: 'M5 3h4l2 5-2.5 2a12 12 0 0 0 5.5 5.5l2-2.5 5 2v4c0 1-1 2-2 2C11 21 3 13 3 5c0-1 1-2 2-2Z',
  go: 'M4 12h15M13 6l6 6-6 6',
  cloud: 'M7 18a4 4 0 0 1-.5-8A6 6 0 0 1 18 9a4.5 4.5 0 0 1 0 9M12 20v-8M9 14.5l3-3 3 3',
  done: 'M4 13l5 5L20 6',
  lock: 'M5 11h14v10H5ZM8 11V8a4 4 0 0 1 8 0v3',
} as const;

export type IconName = keyof typeof paths;

/** A line drawing beside words; silent for a screen reader. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg className={css['icon']} viewBox="0 0 24 24" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  );
}
