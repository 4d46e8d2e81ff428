import { useWords } from '../use-ui.ts';
import css from './scanner-profiles.module.css';

/** Where each kind of device keeps what has to be set; its own menus may be called a little differently. */
const profiles = {
  zebra: ['app', 'input', 'output', 'format'],
  honeywell: ['open', 'output', 'suffix', 'browser'],
  handheld: ['open', 'output', 'suffix', 'codes'],
  iphone: ['pair', 'keyboard', 'screen'],
  android: ['pair', 'keyboard', 'screen'],
} as const;

/** Step by step for handheld computers, and for a scanner at a phone. */
export function ScannerProfiles() {
  const { t } = useWords();
  return (
    <section className={css['profiles']}>
      <h3>{t('profile.title')}</h3>
      {names.map((name) => (
        <details key={name}>
          <summary>{t(`profile.${name}`)}</summary>
          <ol>
            <Steps name={name} />
          </ol>
        </details>
      ))}
      <p>{t('profile.note')}</p>
    </section>
  );
}

type Name = keyof typeof profiles;
const names = Object.keys(profiles) as Name[];
type Step = { [N in Name]: `profile.${N}.${(typeof profiles)[N][number]}` }[Name];

function Steps({ name }: { name: Name }) {
  const { t } = useWords();
  return profiles[name].map((step) => <li key={step}>{t(`profile.${name}.${step}` as Step)}</li>);
}
