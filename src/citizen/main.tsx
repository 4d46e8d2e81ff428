/** Composition root of the citizen's page: makes it and shows it. */
import { createRoot } from 'react-dom/client';
import { clock, randomBytes } from '../browser/clock.ts';
import { onOnlineChange, onResume } from '../browser/page-events.ts';
import { trustedScript } from '../browser/trusted-types.ts';
import { createUpdate } from '../browser/update.ts';
import { createWakeLock } from '../browser/wake-lock.ts';
import { addBuiltIns } from '../core/platform/built-ins.ts';
import { createAskJson } from '../ports/ask-json.ts';
import { loadLater } from '../ports/load-later.ts';
import { type Citizen, createCitizen } from './app/citizen.ts';
import { isUnsent } from './app/unsent.ts';
import { address, keepSettings, owedSignOut, readSettings, takeLink } from './device/browser.ts';
import { holderDatabase } from './device/holder-database.ts';
import { patientFetch } from './device/patient-fetch.ts';
import { scanCamera } from './device/scan-camera.ts';
import { visitDatabase } from './device/visit-database.ts';
import { App } from './ui/app.tsx';
import './ui/theme.css';
import { CitizenContext } from './ui/use-citizen.ts';

addBuiltIns();
const link = takeLink();
void begin();

async function begin(): Promise<void> {
  const holder = holderDatabase();
  const kept = visitDatabase();
  const time = await holder.readTime().catch(() => undefined);
  const citizen = createCitizen({
    ...{ ask: createAskJson(patientFetch), rawClock: clock, random: randomBytes, holder },
    ...{ address, owedSignOut, settings: readSettings(), keepSettings },
    keepAwake: createWakeLock().keep,
    ...{ visits: kept, camera: scanCamera() },
    checker: (told) =>
      loadLater({ look: true, lookAtFragment: true, keepFresh: true }, async () =>
        (await import('./device/poster-checker.ts')).posterChecker(told, kept.trust),
      ),
    ...(time && { time }),
    ...(link !== undefined && { link }),
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
    else void citizen.visits.send();
  };
  onResume(lookAgain);
  onOnlineChange((online) => online && lookAgain());
  keepNew(citizen);
  keepLinks();
  await citizen.start();
}

/** A poster's link leads here without a network too, by a worker for it alone. */
function keepLinks(): void {
  const workers = 'serviceWorker' in navigator ? navigator.serviceWorker : undefined;
  const script = trustedScript('/citizen/link.js');
  workers?.register(script, { scope: '/v' }).catch(() => undefined); // the camera reads posters without
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
