import { Button } from '../../../parts/button.tsx';
import { Dialog } from '../../../parts/dialog.tsx';
import css from '../parts/page.module.css';
import { useApp, useCitizen, useWords } from '../use-citizen.ts';
import { FamilyRefusal } from './family-refusal.tsx';

/** Whom it is about: somebody I show, or somebody who shows me. */
export interface ToRemove {
  readonly id: string;
  readonly name: string;
  readonly as: 'child' | 'adult' | 'holder';
}

interface Props {
  who: ToRemove;
  onClose: () => void;
  onRemoved: () => void;
}

const whys = {
  child: 'relatives.removeChildWhy',
  adult: 'relatives.removeAdultWhy',
  holder: 'relatives.stopWhy',
} as const;

/** Asked once more, with what it means: an adult's consent cannot be taken back up. */
export function RemoveDialog({ who, onClose, onRemoved }: Props) {
  const { family } = useCitizen();
  const busy = useApp((state) => state.family.busy);
  const { t } = useWords();
  const { name, as } = who;
  const isHolder = as === 'holder';
  const remove = async () => {
    if (await family.remove(who.id, name)) onRemoved();
  };
  return (
    <Dialog
      title={t(isHolder ? 'relatives.stopWho' : 'relatives.removeWho', { name })}
      onClose={onClose}
    >
      <p>{t(whys[as])}</p>
      <p className={css['hint']}>{t('relatives.lastCodes')}</p>
      <FamilyRefusal act="remove" />
      <Button kind="danger" disabled={busy !== undefined} onClick={() => void remove()}>
        {t(isHolder ? 'relatives.stop' : 'relatives.remove')}
      </Button>
      <Button onClick={onClose}>{t('relatives.keep')}</Button>
    </Dialog>
  );
}
