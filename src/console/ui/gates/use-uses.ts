import { useEffect, useState } from 'react';
import type { CodeUse, NewCode } from '../../../core/console/devices.ts';
import { useConsole } from '../use-console.ts';

const lookEveryMs = 2000;

/** What became of the codes, looked at again and again while the page is open. */
export function useUses(codes: readonly NewCode[]): readonly CodeUse[] {
  const desk = useConsole();
  const [uses, setUses] = useState<readonly CodeUse[]>([]);
  useEffect(() => {
    setUses([]);
    if (codes.length === 0) return;
    const ids = codes.map(({ id }) => id);
    let isOver = false;
    const look = async () => {
      const answer = await desk.remote.send<{ uses: CodeUse[] }>('POST', '/codes/uses', { ids });
      if (!isOver && answer.ok) setUses(answer.value.uses);
    };
    void look();
    const timer = setInterval(() => void look(), lookEveryMs);
    return () => {
      isOver = true;
      clearInterval(timer);
    };
  }, [codes, desk]);
  return uses;
}
