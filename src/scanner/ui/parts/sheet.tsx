import { type ReactNode, useEffect, useId, useRef } from 'react';
import { Button } from '../../../parts/button.tsx';
import { Icon } from '../../../parts/icon.tsx';
import { useDeaf } from '../taps/use-deaf.ts';
import { useWords } from '../use-ui.ts';
import { DemoTag } from './demo-tag.tsx';
import css from './sheet.module.css';
import { useMoreBelow } from './use-more-below.ts';

interface Props {
  title: string;
  onClose: () => void;
  /** `ask`: a small question in the middle. Default `page`: the whole screen. */
  size?: 'page' | 'ask';
  children: ReactNode;
}

/** A native modal dialog over the scan screen; the camera behind it goes on living. */
export function Sheet({ title, onClose, size = 'page', children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useMoreBelow(dialog);
  // a question may be answered only by a tap that was meant for it
  useDeaf(dialog, size === 'ask' ? size : undefined);
  const { t } = useWords();

  useEffect(() => {
    const element = dialog.current;
    // switched off in some hardened browsers: still in sight, if not over everything
    if (element?.showModal) element.showModal();
    else element?.setAttribute('open', '');
    return () => element?.close?.();
  }, []);

  return (
    <dialog
      ref={dialog}
      className={css['sheet']}
      data-size={size}
      aria-labelledby={titleId}
      onCancel={(event) => {
        // React hands it up to the sheets below, and a file dialog's own `cancel` bubbles
        if (event.target !== event.currentTarget) return;
        event.preventDefault();
        onClose();
      }}
    >
      <header className={css['head']}>
        <h2 id={titleId}>{title}</h2>
        {size === 'page' && <DemoTag />}
        <Button onClick={onClose} aria-label={t('app.close')}>
          <Icon name="close" />
        </Button>
      </header>
      <div className={css['body']}>{children}</div>
    </dialog>
  );
}
