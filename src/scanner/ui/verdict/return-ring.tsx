import { useEffect, useRef } from 'react';
import css from './return-ring.module.css';

/** A ring that empties while the card waits to return by itself; stands still for reduced motion. */
export function ReturnRing({ seconds }: { seconds: number }) {
  const circle = useRef<SVGCircleElement>(null);
  useEffect(() => {
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    if (still) return;
    circle.current?.animate([{ strokeDashoffset: '0' }, { strokeDashoffset: '-1' }], {
      duration: seconds * 1000,
      fill: 'forwards',
    });
  }, [seconds]);
  return (
    <svg className={css['ring']} viewBox="0 0 40 40" data-ring="" aria-hidden="true">
      <circle cx="20" cy="20" r="16" className={css['track']} />
      <circle
        ref={circle}
        cx="20"
        cy="20"
        r="16"
        pathLength="1"
        strokeDasharray="1"
        className={css['left']}
      />
    </svg>
  );
}
