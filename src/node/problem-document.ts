/**
 * A problem document (RFC 9457) with the code as an extension member: body, status and headers of the
 * answer. Codes are stable, for programs to switch on; nothing of the request is in it.
 */
export function problemDocument<S extends number>(
  code: string,
  status: S,
  title: string,
  headers: Readonly<Record<string, string>> = {},
): [body: string, status: S, headers: Record<string, string>] {
  const body = { type: `urn:kakou:problem:${code}`, title, status, code };
  const always = { 'content-type': 'application/problem+json', 'cache-control': 'no-store' };
  return [JSON.stringify(body), status, { ...always, ...headers }];
}
