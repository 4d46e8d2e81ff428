import { useEffect, useState } from 'react';
import type { EpochMillis } from '../../../core/units.ts';
import { useCitizen } from '../use-citizen.ts';

/** The server's time, told anew each second; undefined while it is not known. */
export function useNow(): EpochMillis | undefined {
  const { clock } = useCitizen();
  const [now, setNow] = useState(clock.now);
  useEffect(() => {
    const look = () =>
      setNow((shown) => {
        const at = clock.now();
        const isSame = Math.floor((at ?? 0) / 1000) === Math.floor((shown ?? 0) / 1000);
        return isSame ? shown : at;
      });
    const timer = setInterval(look, 200);
    return () => clearInterval(timer);
  }, [clock]);
  return now;
}
