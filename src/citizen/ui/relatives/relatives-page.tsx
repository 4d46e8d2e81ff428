import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Button } from '../../../parts/button.tsx';
import css from '../parts/page.module.css';
import { Refusal } from '../parts/refusal.tsx';
import { useApp, useCitizen, useWords } from '../use-citizen.ts';
import { AddAdult } from './add-adult.tsx';
import { AddChild } from './add-child.tsx';
import { Fold } from './fold.tsx';
import { MakeConsent } from './make-consent.tsx';
import { Holders, Shown } from './people.tsx';
import own from './relatives.module.css';
import { RemoveDialog, type ToRemove } from './remove-dialog.tsx';

const most = 3;
type FoldName = 'child' | 'adult' | 'make' | 'holders';

/** Relatives, 家人代办: whom I show, and who shows me. */
export function RelativesPage() {
  const { relatives } = useCitizen();
  const { relatives: shown, shownBy, refusal } = useApp((state) => state.relatives);
  const { t } = useWords();
  const [removing, setRemoving] = useState<ToRemove>();
  const page = useRef<HTMLDivElement>(null);
  useEffect(() => void relatives.refresh(), [relatives]);
  const ended = () => {
    setRemoving(undefined);
    page.current?.focus();
  };
  return (
    <div className={css['page']}>
      <section className={css['card']}>
        <p>{t('relatives.why')}</p>
        <Refusal why={refusal} />
        {refusal && <Button onClick={() => void relatives.refresh()}>{t('app.again')}</Button>}
        {shown && <h2>{t('relatives.count', { count: shown.length })}</h2>}
        <div ref={page} tabIndex={-1}>
          <Did />
        </div>
        {shown?.length === 0 && <p>{t('relatives.none')}</p>}
        {shown && <Shown people={shown} onRemove={setRemoving} />}
      </section>
      <Folds
        isFull={shown !== undefined && shown.length >= most}
        onAdded={() => page.current?.focus()}
      >
        {shownBy && <Holders people={shownBy} onRemove={setRemoving} />}
      </Folds>
      {removing && (
        <RemoveDialog who={removing} onClose={() => setRemoving(undefined)} onRemoved={ended} />
      )}
    </div>
  );
}

/** What was done last. */
function Did() {
  const did = useApp((state) => state.family.did);
  const { t } = useWords();
  return (
    <p role="status" className={own['did']}>
      {did && `✓ ${t(`relatives.${did.act}`, { name: did.name })}`}
    </p>
  );
}

interface FoldsProps {
  isFull: boolean;
  onAdded: () => void;
  children: ReactNode;
}

/** Adding and letting, one opened at a time. */
function Folds({ isFull, onAdded, children }: FoldsProps) {
  const { t } = useWords();
  const [open, setOpen] = useState<FoldName>();
  const fold = (part: FoldName) => ({
    isOpen: open === part,
    onToggle: (isOpen: boolean) =>
      setOpen((now) => (isOpen ? part : now === part ? undefined : now)),
  });
  const added = () => {
    setOpen(undefined);
    onAdded();
  };
  return (
    <>
      <Fold title={t('relatives.addChild')} {...fold('child')}>
        {isFull ? <p>{t('relatives.full')}</p> : <AddChild onAdded={added} />}
      </Fold>
      <Fold title={t('relatives.addAdult')} {...fold('adult')}>
        {isFull ? <p>{t('relatives.full')}</p> : <AddAdult onAdded={added} />}
      </Fold>
      <Fold title={t('relatives.letShow')} {...fold('make')}>
        <MakeConsent />
      </Fold>
      <Fold title={t('relatives.shownBy')} {...fold('holders')}>
        {children}
      </Fold>
    </>
  );
}
