/** What nobody caught, and what the page's own policy refused. */
export function keepComplaints(): void {
  window.complaints = [];
  const keep = (complaint: string) => window.complaints.push(complaint);
  window.addEventListener('error', ({ message }) => keep(message));
  window.addEventListener('unhandledrejection', ({ reason }) => keep(String(reason)));
  document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
    keep(`${violatedDirective} refuses ${blockedURI}`),
  );
}

export interface DrawnCode {
  readonly size: number;
  readonly d: string;
}

/** The code that is drawn, if one is: its width in modules and the path of the dark ones. */
export function drawnCode(): DrawnCode | undefined {
  const svg = document.querySelector('[role=img] svg');
  if (!svg) return undefined;
  return {
    size: Number(svg.getAttribute('viewBox')?.split(' ')[2]),
    d: svg.querySelector('path')?.getAttribute('d') ?? '',
  };
}

/** Chooses of a list as its own keys do, which each engine shows in a window of its own. */
export function choose({ selector, value }: { selector: string; value: string }): void {
  const list = document.querySelector<HTMLSelectElement>(selector);
  if (!list) throw new Error(`no ${selector}`);
  list.value = value;
  if (list.value !== value) throw new Error(`no ${value} in ${selector}`);
  list.dispatchEvent(new Event('change', { bubbles: true }));
}

/** The worker keeps the page's files: it starts without a network from now on. */
export const isKept = async (): Promise<boolean> =>
  Boolean(await navigator.serviceWorker.ready) && (await caches.keys()).length > 0;

/** What lies on this phone: rows of each store, and names beside them. */
export async function whatIsLeft() {
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const opening = indexedDB.open('kakou-citizen');
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
  const rows = await new Promise<unknown[]>((resolve, reject) => {
    const reading = database.transaction('held').objectStore('held').getAll();
    reading.onsuccess = () => resolve(reading.result);
    reading.onerror = () => reject(reading.error);
  });
  database.close();
  return { held: rows.length, keys: Object.keys(localStorage).sort() };
}
