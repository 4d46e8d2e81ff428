import { Button } from '../../../parts/button.tsx';
import type { Card } from '../../app/scan/scan-state.ts';
import { useActions, useWords } from '../use-ui.ts';

/** Counts who came along, one more a tap, back to none after nine. Holds the card. */
export function Companions({ card: { companions = 0 } }: { card: Card }) {
  const { t } = useWords();
  const { setCompanions } = useActions();
  return (
    <Button data-own="" onClick={() => void setCompanions((companions + 1) % 10)}>
      {companions === 0 ? t('card.addCompanion') : t('card.companions', { n: companions })}
    </Button>
  );
}
