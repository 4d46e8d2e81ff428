import css from './skip.module.css';

/** The first of a page for whoever goes by the keyboard: past the frame, to what it is about. */
export const Skip = ({ to, children }: { to: string; children: string }) => (
  <button
    type="button"
    className={css['skip']}
    onClick={() => document.getElementById(to)?.focus()}
  >
    {children}
  </button>
);
