import type { ReactNode } from 'react';
import { Button } from '../../parts/button.tsx';
import css from '../../parts/desk.module.css';
import { LastRefusal } from '../../parts/refusal.tsx';
import { useDesk } from '../../use-console.ts';
import { DocumentFields, isDocument, type Typed } from './document-fields.tsx';

interface Props {
  typed: Typed;
  onChange: (typed: Typed) => void;
  onSend: () => Promise<unknown>;
  /** What the button says. */
  act: string;
  /** What to know before one asks. */
  children: ReactNode;
}

/** A question about whoever has this document. */
export function DocumentForm({ typed, onChange, onSend, act, children }: Props) {
  const busy = useDesk((state) => state.busy);
  return (
    <form
      className={css['box']}
      onSubmit={(event) => {
        event.preventDefault();
        void onSend();
      }}
    >
      {children}
      <div className={css['form']}>
        <DocumentFields typed={typed} onChange={onChange} />
        <LastRefusal />
        <div className={css['row']}>
          <Button type="submit" kind="primary" disabled={busy || !isDocument(typed)}>
            {act}
          </Button>
        </div>
      </div>
    </form>
  );
}
