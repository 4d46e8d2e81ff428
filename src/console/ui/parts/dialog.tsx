import type { ReactNode } from 'react';
import { Dialog as ModalDialog } from '../../../parts/dialog.tsx';
import { useWords } from '../use-console.ts';
import { Button } from './button.tsx';

interface Props {
  title: string;
  onClose: () => void;
  children: ReactNode;
}

/** A modal dialog of the desk, with its button to close it. */
export function Dialog(props: Props) {
  const { t } = useWords();
  return (
    <ModalDialog {...props} close={<Button onClick={props.onClose}>{t('app.close')}</Button>} />
  );
}
