/** Milliseconds of silence that end a text: no finger is as even as a scanner. */
const silence = 60;
/** The same once our own prefix was typed: half a pass is worth waiting for. */
const patientSilence = 500;
/** Mean milliseconds between two keys; faster is a scanner. */
const scannerPace = 35;
const lengths = { min: 6, max: 4096 };
const ownPrefix = /^KK[12]:/;

interface Burst {
  text: string;
  from: number;
  last: number;
}

/**
 * Listens for hardware scanners that type (keyboard wedge). Enter or Tab ends a text, or silence.
 * While a burst runs its keys press no button. Keys typed into a field are left alone.
 */
export function onWedge(onText: (text: string) => void, now = () => performance.now()): () => void {
  let burst: Burst | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let swallowUp = false;

  function finish(): boolean {
    clearTimeout(timer);
    const text = burst && isScan(burst) ? burst.text : undefined;
    burst = undefined;
    if (text !== undefined) onText(text);
    return text !== undefined;
  }

  function keydown(event: KeyboardEvent): void {
    if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey || isField(event))
      return;
    const at = now();
    if (burst && at - burst.last > quietAfter(burst)) finish();
    if (event.key === 'Enter' || event.key === 'Tab') {
      swallowUp = finish();
      if (swallowUp) swallow(event);
    } else if ([...event.key].length === 1) {
      if (burst && isFast(burst, at)) swallow(event);
      burst = { text: (burst?.text ?? '') + event.key, from: burst?.from ?? at, last: at };
      clearTimeout(timer);
      timer = setTimeout(finish, quietAfter(burst));
    }
  }

  function keyup(event: KeyboardEvent): void {
    const inBurst = burst !== undefined && burst.text.length > 1 && event.key === ' ';
    if (inBurst || (swallowUp && event.key === 'Enter')) swallow(event);
    if (event.key === 'Enter') swallowUp = false;
  }

  window.addEventListener('keydown', keydown, { capture: true });
  window.addEventListener('keyup', keyup, { capture: true });
  return () => {
    clearTimeout(timer);
    window.removeEventListener('keydown', keydown, { capture: true });
    window.removeEventListener('keyup', keyup, { capture: true });
  };
}

function isScan({ text, from, last }: Burst): boolean {
  if (text.length < lengths.min || text.length > lengths.max) return false;
  return ownPrefix.test(text) || (last - from) / (text.length - 1) < scannerPace;
}

const isFast = (burst: Burst, at: number) => at - burst.last < scannerPace;
const quietAfter = ({ text }: Burst) => (ownPrefix.test(text) ? patientSilence : silence);

function isField({ target }: KeyboardEvent): boolean {
  return target instanceof Element && target.matches('input, textarea, select, [contenteditable]');
}

function swallow(event: KeyboardEvent): void {
  event.preventDefault();
  event.stopImmediatePropagation();
}
