import { useApp, useWords } from '../use-ui.ts';

/** What an issuer calls itself in the guard's language; its id where this phone no longer knows it. */
export function useIssuerName(): (id: string) => string {
  const issuers = useApp((state) => state.trust.issuers);
  const { language } = useWords();
  return (id) => issuers?.[id]?.[language] ?? id;
}
