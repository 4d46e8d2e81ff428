import { type ReactNode, useEffect, useId, useRef } from 'react';
import css from './dialog.module.css';

interface Props {
  title: string;
  /** The button that closes it, in the program's own size and words. */
  close?: ReactNode;
  onClose: () => void;
  children: ReactNode;
}

/** A native modal dialog: Escape closes it, and the focus goes back to where it was. */
export function Dialog({ title, close, onClose, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const element = dialog.current;
    if (element?.showModal) element.showModal();
    else element?.setAttribute('open', '');
    return () => element?.close?.();
  }, []);
  return (
    <dialog
      ref={dialog}
      className={css['dialog']}
      aria-labelledby={titleId}
      onCancel={(event) => {
        if (event.target !== event.currentTarget) return;
        event.preventDefault();
        onClose();
      }}
    >
      <header>
        <h2 id={titleId}>{title}</h2>
        {close}
      </header>
      <div>{children}</div>
    </dialog>
  );
}
