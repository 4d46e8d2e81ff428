/** How many streams may be open at once. */
export interface StreamLimits {
  /** A browser opens six connections to a host over HTTP/1.1: some are left for questions. */
  readonly perSession: number;
  readonly perAddress: number;
  readonly inAll: number;
}

export const streamLimits: StreamLimits = { perSession: 3, perAddress: 100, inAll: 500 };

/** Counts open streams: `take` gives back the place it took, or undefined where there is none. */
export function streamPlaces({ perSession, perAddress, inAll }: StreamLimits = streamLimits) {
  const bySession = new Map<string, number>();
  const byAddress = new Map<string, number>();
  let all = 0;
  const add = (counts: Map<string, number>, key: string, by: 1 | -1) => {
    const count = (counts.get(key) ?? 0) + by;
    if (count === 0) counts.delete(key);
    else counts.set(key, count);
  };
  return {
    open: () => all,
    take(session: string, address = ''): (() => void) | undefined {
      const isFull =
        all >= inAll ||
        (bySession.get(session) ?? 0) >= perSession ||
        (byAddress.get(address) ?? 0) >= perAddress;
      if (isFull) return undefined;
      const change = (by: 1 | -1) => {
        add(bySession, session, by);
        add(byAddress, address, by);
        all += by;
      };
      change(1);
      let isTaken = true;
      return () => {
        if (isTaken) change(-1);
        isTaken = false;
      };
    },
  };
}
