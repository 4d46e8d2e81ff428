import { type ReactNode, useEffect } from 'react';
import { createPortal } from 'react-dom';
import css from './paper.module.css';

interface Props {
  /** Of its own look, on paper. */
  className: string | undefined;
  children: ReactNode;
}

/** What a printer gets in place of the screen as long as it is there; on the screen nobody sees it. */
export function Paper({ className = '', children }: Props) {
  useEffect(() => {
    const { dataset } = document.documentElement;
    dataset['paper'] = '';
    return () => {
      delete dataset['paper'];
    };
  }, []);
  return createPortal(
    <section className={`${css['paper']} ${className}`}>{children}</section>,
    document.body,
  );
}
