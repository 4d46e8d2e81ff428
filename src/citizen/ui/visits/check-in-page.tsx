import { useEffect } from 'react';
import { useApp, useCitizen } from '../use-citizen.ts';
import { FoundCard } from './found-card.tsx';
import { ScanView } from './scan-view.tsx';
import { useVisitsWords } from './use-visits-words.ts';

/** 扫场所码: the camera until something was read, then what it is and what to do about it. */
export function CheckInPage() {
  const { visits } = useCitizen();
  const found = useApp((state) => state.visits.found);
  const looking = useApp((state) => state.visits.looking);
  const t = useVisitsWords();
  // another time it begins with the camera
  useEffect(() => visits.putAway, [visits]);
  if (looking) return <p role="status">{t('visits.looking')}</p>;
  return found ? <FoundCard found={found} /> : <ScanView />;
}
