/** The one-use code (128 bits, base64url) in `kakou:enrol#hub=…&code=…`: protocol 4. */
export const enrolmentCode = (text: string): string | undefined =>
  text.match(/^kakou:enrol#(?:[^#]*&)?code=([A-Za-z0-9_-]{22})(?:&|$)/)?.[1];
