import { useApp, useWords } from '../use-ui.ts';

/** What an issuer calls itself in the guard's language; its id where this phone no longer knows it. */
export function useIssuerName(): (id: string) => string {
  const issuers = useApp((state) => state.trust.issuers);
  const { language } = useWords();
  return (id) => issuers?.[id]?.[language] ?? id;
}

/** What an issuer calls a status of its, as on the card (`g`: green code); nothing where it is not known. */
export function useStatusName(): (issuer: string, status: string) => string | undefined {
  const statuses = useApp((state) => state.trust.statuses);
  const { language } = useWords();
  return (issuer, status) => statuses?.[issuer]?.[status]?.[language];
}
