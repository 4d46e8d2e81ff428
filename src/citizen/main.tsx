/** Composition root of the citizen's page: makes it and shows it. */
import { createRoot } from 'react-dom/client';
import { clock, randomBytes } from '../browser/clock.ts';
import { onOnlineChange, onResume } from '../browser/page-events.ts';
import { createUpdate } from '../browser/update.ts';
import { createWakeLock } from '../browser/wake-lock.ts';
import { addBuiltIns } from '../core/platform/built-ins.ts';
import { createAskJson } from '../ports/ask-json.ts';
import { type Citizen, createCitizen } from './app/citizen.ts';
import { isUnsent } from './app/unsent.ts';
import { address, keepSettings, owedSignOut, readSettings } from './device/browser.ts';
import { holderDatabase } from './device/holder-database.ts';
import { patientFetch } from './device/patient-fetch.ts';
import { App } from './ui/app.tsx';
import './ui/theme.css';
import { CitizenContext } from './ui/use-citizen.ts';

addBuiltIns();
void begin();

async function begin(): Promise<void> {
  const holder = holderDatabase();
  const time = await holder.readTime().catch(() => undefined);
  const citizen = createCitizen({
    ...{ ask: createAskJson(patientFetch), rawClock: clock, random: randomBytes, holder },
    ...{ address, owedSignOut, settings: readSettings(), keepSettings },
    keepAwake: createWakeLock().keep,
    ...(time && { time }),
  });
  window.addEventListener('hashchange', citizen.place.moved);
  const root = document.getElementById('root');
  if (root)
    createRoot(root).render(
      <CitizenContext value={citizen}>
        <App />
      </CitizenContext>,
    );
  const isAway = () => /^(offline|unreached)$/.test(citizen.store.getState().session.phase);
  const lookAgain = () => {
    if (isAway()) void citizen.start();
  };
  onResume(lookAgain);
  onOnlineChange((online) => online && lookAgain());
  keepNew(citizen);
  await citizen.start();
}

/** A new version is taken while nobody looks on, and nothing is typed that has not come in. */
function keepNew({ store }: Citizen): void {
  const update = createUpdate('/citizen/');
  let isReady = false;
  const look = () => {
    if (isReady && document.hidden && !isUnsent(store.getState())) update.apply();
  };
  update.onReady(() => {
    isReady = true;
    look();
  });
  document.addEventListener('visibilitychange', look);
}
