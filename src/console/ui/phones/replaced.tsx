import type { NewCode } from '../../../core/console/devices.ts';
import { CodeCard } from '../gates/code-card.tsx';
import own from '../gates/enrol-page.module.css';
import { useUses } from '../gates/use-uses.ts';
import { Button } from '../parts/button.tsx';
import css from '../parts/desk.module.css';
import { LastRefusal } from '../parts/refusal.tsx';
import { useWords } from '../use-console.ts';

interface Props {
  codes: readonly NewCode[];
  onBack: () => void;
}

/** The code for the phone in a lost one's place, to be scanned here or printed. */
export function Replaced({ codes, onBack }: Props) {
  const { t } = useWords();
  const uses = useUses(codes);
  return (
    <>
      <div className={`${css['row']} ${own['tools']}`}>
        <Button onClick={onBack}>{t('phones.back')}</Button>
        <Button kind="primary" onClick={() => window.print()}>
          {t('enrol.print')}
        </Button>
      </div>
      <p className={own['tools']} role="status">
        {t('phones.replaced')}
      </p>
      <LastRefusal />
      <ul className={own['codes']}>
        {codes.map((code) => (
          <CodeCard key={code.id} code={code} use={uses.find(({ id }) => id === code.id)} />
        ))}
      </ul>
    </>
  );
}
