/** Milliseconds after which a page that could not start is loaded anew, where nobody is there to do it. */
const againMs = 60_000;
const key = 'kakou.kiosk';

/**
 * Remembers that nobody stands at this phone, beside the database: a page whose database does not open
 * has to know it as well.
 */
export function rememberUnattended(isKiosk: boolean): void {
  try {
    if (isKiosk) localStorage.setItem(key, '1');
    else localStorage.removeItem(key);
  } catch {
    // storage is switched off: then somebody has to open it again by hand
  }
}

/** The page could not start: at a kiosk it is tried again, for as long as it takes. */
export function startAgain(): void {
  try {
    if (localStorage.getItem(key) === null) return;
  } catch {
    return;
  }
  setTimeout(() => location.reload(), againMs);
}
