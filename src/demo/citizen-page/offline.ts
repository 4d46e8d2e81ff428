interface Policy {
  createScriptURL(url: string): unknown;
}
interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): Policy;
}
declare global {
  interface Window {
    readonly trustedTypes?: TrustedTypes;
  }
}

/**
 * Keeps the page for use without a network: a worker of its own for `/demo/` only, which the
 * scanner's worker knows nothing of. Resolves to whether it is in place.
 */
export async function keepForOffline(): Promise<boolean> {
  if (!('serviceWorker' in navigator)) return false;
  const rules = { createScriptURL: (url: string) => url };
  const policy = window.trustedTypes?.createPolicy('kakou', rules) ?? rules;
  const script = policy.createScriptURL('./sw.js') as string;
  try {
    await navigator.serviceWorker.register(script, { scope: './', updateViaCache: 'none' });
    await navigator.serviceWorker.ready;
    return true;
  } catch {
    return false;
  }
}
