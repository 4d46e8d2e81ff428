const numbers = /^\d{1,6}(\.\d{1,6}){0,3}$/;

/**
 * Whether a scanner of this version is older than the bundle's `minimumApp` (protocol 3.1): it may
 * have a known mistake and decides nothing. Versions are dotted numbers, missing parts are 0; one
 * that is not counts as too old, on either side.
 */
export function isTooOld(app: string, minimum: string): boolean {
  if (!numbers.test(app) || !numbers.test(minimum)) return true;
  const [have, need] = [app, minimum].map((version) => version.split('.').map(Number));
  for (let part = 0; part < 4; part++) {
    const difference = (have?.[part] ?? 0) - (need?.[part] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}
