/**
 * The content security policy of a page of ours: only what comes from its own origin, nothing inline,
 * no string that becomes a script. `more`: the directives in which pages differ.
 */
export const pagePolicy = (more: readonly string[]): string =>
  [
    "default-src 'none'",
    "style-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    ...more,
  ].join('; ');
