import { type RefObject, useEffect } from 'react';

/** Marks an element that can be scrolled further down with `data-more`, for as long as it can. */
export function useMoreBelow(box: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const update = () => {
      const { scrollHeight, scrollTop, clientHeight } = element;
      element.toggleAttribute('data-more', scrollHeight - scrollTop - clientHeight > 1);
    };
    const sizes = new ResizeObserver(update);
    for (const one of [element, ...element.children]) sizes.observe(one);
    element.addEventListener('scroll', update, { passive: true });
    return () => {
      sizes.disconnect();
      element.removeEventListener('scroll', update);
    };
  }, [box]);
}
