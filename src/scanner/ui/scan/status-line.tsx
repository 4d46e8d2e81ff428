import { Icon, type IconName } from '../../../parts/icon.tsx';
import { type Reach, reachOf } from '../../app/sync/sync-state.ts';
import { DemoTag } from '../parts/demo-tag.tsx';
import { useApp, useBehind, useNow, useWords } from '../use-ui.ts';
import { notesOf } from './status.ts';
import css from './status-line.module.css';

const wrong = { icon: 'wrong', tone: 'amber', word: 'status.unreached' } as const;
/** The way to the hub, told apart by shape, word and colour. */
const reaches = {
  online: { icon: 'online', tone: 'calm', word: 'status.online' },
  offline: { icon: 'offline', tone: 'calm', word: 'status.offline' },
  'no-answer': wrong,
  server: wrong,
  'not-the-hub': wrong,
  refused: { icon: 'refused', tone: 'amber', word: 'status.refused' },
} as const satisfies Record<Reach, { icon: IconName; tone: string; word: string }>;

/** Which gate, who is on duty there (the whole of both, and more, behind a tap), and whether this phone is fit to decide. */
export function StatusLine({ onShift }: { onShift: () => void }) {
  const gate = useApp((state) => state.gate);
  const operator = useApp((state) => state.shift?.operator);
  const reach = useApp(reachOf);
  const trust = useApp((state) => state.trust);
  const clock = useApp((state) => state.clock);
  const sync = useBehind((state) => state.sync);
  const words = useWords();
  const { t } = words;
  const clockSkewS = useBehind((state) => state.clockSkewS);
  const trustBehind = useApp((state) => state.trustBehind);
  const recalled = useApp((state) => state.recalled);
  const watched = { recalled, reach, trust, trustBehind, clock, clockSkewS, sync };
  const notes = notesOf(watched, useNow(10_000), words);
  return (
    <section className={css['status']} aria-label={t('status.line')}>
      <div className={css['first']}>
        <h1 className={css['who']}>
          <button type="button" onClick={onShift}>
            <span className={css['gate']}>{gate?.name ?? t('app.name')}</span>
            {operator !== undefined && (
              <bdi className={css['guard']}>{t('status.onDuty', { operator })}</bdi>
            )}
          </button>
        </h1>
        <DemoTag />
        <span className={css['network']} data-tone={reaches[reach].tone}>
          <Icon name={reaches[reach].icon} />
          {t(reaches[reach].word)}
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
