import { Icon } from '../../../parts/icon.tsx';
import { DemoTag } from '../parts/demo-tag.tsx';
import { useApp, useNow, useWords } from '../use-ui.ts';
import { notesOf } from './status.ts';
import css from './status-line.module.css';

/** Which gate, and whether this phone is fit to decide. */
export function StatusLine() {
  const gate = useApp((state) => state.gate);
  const online = useApp((state) => state.online);
  const trust = useApp((state) => state.trust);
  const clock = useApp((state) => state.clock);
  const sync = useApp((state) => state.sync);
  const words = useWords();
  const { t } = words;
  const clockSkewS = useApp((state) => state.clockSkewS);
  const trustBehind = useApp((state) => state.trustBehind);
  const watched = { trust, trustBehind, clock, clockSkewS, sync };
  const notes = notesOf(watched, useNow(10_000), words);
  return (
    <section className={css['status']} aria-label={t('status.line')}>
      <div className={css['first']}>
        <h1 className={css['gate']}>{gate?.name ?? t('app.name')}</h1>
        <DemoTag />
        <span className={css['network']}>
          <Icon name={online ? 'online' : 'offline'} />
          {t(online ? 'status.online' : 'status.offline')}
        </span>
      </div>
      <ul className={css['notes']}>
        {notes.map((note) => (
          <li key={note.text} data-tone={note.tone}>
            {note.text}
          </li>
        ))}
      </ul>
    </section>
  );
}
