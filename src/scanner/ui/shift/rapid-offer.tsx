import { isStream } from '../../app/scan/scan-state.ts';
import { Toggle } from '../settings/toggle.tsx';
import { useActions, useApp, useWords } from '../use-ui.ts';

/** Where people stream through, the guard is asked before the first of them comes. Kept for this gate. */
export function RapidOffer() {
  const gate = useApp((state) => state.gate);
  const rapid = useApp((state) => state.settings.rapid);
  const { t } = useWords();
  const { setSettings } = useActions();
  if (!isStream(gate)) return null;
  return (
    <Toggle
      title={t('start.rapid')}
      on={rapid}
      onChange={(on) => void setSettings({ rapid: on })}
    />
  );
}
