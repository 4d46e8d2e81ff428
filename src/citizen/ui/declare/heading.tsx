import { type ReactNode, useEffect, useRef } from 'react';
import own from './declare.module.css';

/** The heading of a step that has come up: it takes the focus, so that a screen reader is there too. */
export function Heading({ children }: { children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus();
    heading.current?.scrollIntoView?.({ block: 'center' });
  }, []);
  return (
    <h2 ref={heading} tabIndex={-1} className={own['said']}>
      {children}
    </h2>
  );
}
