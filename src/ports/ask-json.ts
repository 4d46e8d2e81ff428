import { err, ok, type Result } from '../core/result.ts';

/** Why a server of ours did not do it: its own code, or that nothing of it came. */
export interface Refusal {
  /** `offline`: no answer; `odd`: an answer that is not the server's; else a problem's `code`. */
  readonly code: string;
  /** Seconds until it may be asked again (`Retry-After`). */
  readonly waitS?: number;
}
export type Answer<T> = Result<T, Refusal>;

/** As much of an answer of `fetch` as is looked at. */
export interface Fetched {
  readonly ok: boolean;
  readonly headers: { get(name: string): string | null };
  text(): Promise<string>;
}
export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';
type Send = (
  path: string,
  init: { readonly method: Method; readonly body?: string },
) => Promise<Fetched>;

/** Asks a JSON API. What the API answers is believed to have its shape: it is our own server. */
export type AskJson = <T>(
  method: Method,
  path: string,
  body?: object | string,
) => Promise<Answer<T>>;

/** `body`: an object goes as JSON, a text as it is. */
export function createAskJson(send: Send): AskJson {
  return async <T>(method: Method, path: string, body?: object | string): Promise<Answer<T>> => {
    let response: Fetched;
    let text: string;
    try {
      const sent = typeof body === 'object' ? JSON.stringify(body) : body;
      response = await send(path, { method, ...(sent !== undefined && { body: sent }) });
      text = await response.text();
    } catch {
      return err({ code: 'offline' });
    }
    const json = readJson(text);
    if (json === undefined) return err({ code: 'odd' });
    return response.ok ? ok(json as T) : err(refusalOf(response, json));
  };
}

/** What a problem document (RFC 9457) of ours says. */
export function refusalOf({ headers }: Pick<Fetched, 'headers'>, json: object): Refusal {
  const { code } = json as { readonly code?: unknown };
  const waitS = Number(headers.get('retry-after'));
  return { code: typeof code === 'string' ? code : 'odd', ...(waitS > 0 && { waitS }) };
}

/** An object, or nothing: a captive portal's page is no answer. */
export function readJson(text: string): object | undefined {
  try {
    const json: unknown = JSON.parse(text);
    return typeof json === 'object' && json !== null ? json : undefined;
  } catch {
    return undefined;
  }
}
