import { eventTime } from '../../../core/time/event-time.ts';
import { whenShown } from './when-shown.ts';

/**
 * From now on a click that was made before what it falls on was painted does nothing: it was meant for
 * what the page still showed. Only people's clicks are looked at, not those of scripts. Until the
 * function it gives is called.
 */
export function onlyWhatIsShown(root: Node): () => void {
  const shownAt = new WeakMap<Node, number>();
  const note = (changes: MutationRecord[]): void => {
    const fresh = changes.flatMap(({ addedNodes, target, attributeName }): Node[] =>
      attributeName === null ? [...addedNodes] : [target],
    );
    for (const node of fresh) shownAt.set(node, Number.POSITIVE_INFINITY);
    whenShown((at) => {
      for (const node of fresh) shownAt.set(node, at);
    });
  };
  const observed = { childList: true, subtree: true, attributeFilter: ['open'] };
  const observer = new MutationObserver(note);
  observer.observe(root, observed);

  const isEarly = (event: Event): boolean => {
    const at = eventTime(event, performance.now());
    return event.composedPath().some((node) => (shownAt.get(node as Node) ?? 0) > at);
  };
  const onClick = (event: Event): void => {
    if (!event.isTrusted || !isEarly(event)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  window.addEventListener('click', onClick, true);
  return () => {
    observer.disconnect();
    window.removeEventListener('click', onClick, true);
  };
}
