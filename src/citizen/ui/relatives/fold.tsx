import type { ReactNode } from 'react';
import own from './relatives.module.css';

interface Props {
  title: string;
  isOpen: boolean;
  onToggle: (isOpen: boolean) => void;
  children: ReactNode;
}

/** A part of a page that is opened by its title. */
export const Fold = ({ title, isOpen, onToggle, children }: Props) => (
  <details
    className={own['fold']}
    open={isOpen}
    onToggle={(event) => onToggle(event.currentTarget.open)}
  >
    <summary>{title}</summary>
    <div>{children}</div>
  </details>
);
