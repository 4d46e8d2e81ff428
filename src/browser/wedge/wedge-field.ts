/**
 * A field out of sight that has the focus while nothing else needs it: some scanners insert their
 * text without pressing a key, and only a focused field hears that. `inputmode=none` keeps the
 * screen keyboard away. It never takes the focus from a field, a dialog, a card or a person who
 * moves by keyboard.
 */
export function createWedgeField(onInsert: (text: string, event: Event) => void, label: string) {
  const field = document.createElement('input');
  field.type = 'search'; // so that a form's only text field stays the only one
  field.inputMode = 'none';
  field.autocomplete = 'off';
  field.autocapitalize = 'off';
  field.spellcheck = false;
  field.tabIndex = -1;
  field.setAttribute('aria-label', label);
  hide(field.style);
  /** The letter of the last key: the next input, if it is this, is that key's, however late it comes. */
  let echo: string | undefined;

  const inserted = (event: Event) => {
    if (event instanceof InputEvent && event.isComposing) return;
    const text = field.value;
    field.value = '';
    const isEcho = text === echo;
    echo = undefined;
    if (text !== '' && !isEcho) onInsert(text, event);
  };
  const takeFocus = () => {
    if (isFree(document.activeElement)) field.focus({ preventScroll: true });
  };
  const later = () => setTimeout(takeFocus, 0);

  field.addEventListener('input', inserted);
  field.addEventListener('compositionend', inserted);
  document.addEventListener('focusout', later);
  document.addEventListener('pointerup', later);
  document.body.append(field);
  takeFocus();

  return {
    element: field,
    /** A key was heard on its own way: what the field may get of it, this letter, is an echo. */
    keyHeard(letter: string): void {
      echo = letter;
    },
    remove(): void {
      document.removeEventListener('focusout', later);
      document.removeEventListener('pointerup', later);
      field.remove();
    },
  };
}

/** Nothing holds the focus, or a button that was tapped and is done. */
function isFree(active: Element | null): boolean {
  if (document.querySelector('dialog[open], [role="dialog"], section[data-state]')) return false;
  if (active === null || active === document.body) return true;
  return active.matches('button:not(:focus-visible)');
}

/** Out of sight, and still focusable: the security policy allows styles set by script. */
function hide(style: CSSStyleDeclaration): void {
  Object.assign(style, {
    position: 'fixed',
    insetBlockStart: '0',
    width: '1px',
    height: '1px',
    padding: '0',
    border: '0',
    fontSize: '16px', // smaller makes iOS zoom in on it
    opacity: '0',
    pointerEvents: 'none',
  });
}
