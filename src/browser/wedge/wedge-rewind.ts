/** A field in which typing is typing, with what it held before a scanner typed into it. */
export interface Rewound {
  rewind(): void;
}

const noText = /^(button|checkbox|color|file|image|radio|range|reset|submit)$/;

/** The text field a key goes to, as it is now; nothing when the key goes elsewhere. */
export function rewindable(target: EventTarget | null, own: Element): Rewound | undefined {
  if (target === own) return undefined;
  const isArea = target instanceof HTMLTextAreaElement;
  if (!isArea && !(target instanceof HTMLInputElement && !noText.test(target.type)))
    return undefined;
  const before = target.value;
  return {
    rewind() {
      if (target.value === before) return;
      // by the browser's own setter: a framework watches the element's
      const owner = isArea ? HTMLTextAreaElement : HTMLInputElement;
      Reflect.set(owner.prototype, 'value', before, target);
      target.dispatchEvent(new InputEvent('input', { bubbles: true }));
    },
  };
}
