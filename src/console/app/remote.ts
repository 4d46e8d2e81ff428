import { err, ok, type Result } from '../../core/result.ts';
import {
  createAskJson,
  readJson,
  refusalOf,
  type Refusal as ServerRefusal,
} from '../../ports/ask-json.ts';
import { type EventMessage, eventMessages } from './event-text.ts';

/** Why the hub, or the issuing side, did not do it. */
export interface Refusal extends ServerRefusal {
  /** The issuing side refused, not the hub. */
  readonly issuing?: true;
  /** When it may be asked again, in milliseconds since 1970. */
  readonly againAt?: number;
}
export type Answer<T> = Result<T, Refusal>;

/** A stream of events that is open. */
export interface Events {
  /** The messages that came together; undefined when it is over. */
  next(): Promise<readonly EventMessage[] | undefined>;
  cancel(): void;
}

/** Asks the hub's console API, below `/console/api`. */
export interface Remote {
  get<T>(path: string, idle?: 'idle'): Promise<Answer<T>>;
  send<T>(method: 'POST' | 'PUT' | 'DELETE', path: string, body?: object): Promise<Answer<T>>;
  /** A stream instead of an answer. */
  events(path: string): Promise<Answer<Events>>;
  /** Asks the issuing side, below `/authority/desk`; a text is sent as it is. */
  desk<T>(
    method: 'GET' | 'POST' | 'DELETE',
    path: string,
    body?: object | string,
  ): Promise<Answer<T>>;
  /** The demo hub's open door. */
  demoSession<T>(): Promise<Answer<T>>;
}

type Fetch = (path: string, init: RequestInit) => Promise<Response>;

export function createRemote(fetch: Fetch): Remote {
  const ask = createAskJson(fetch);

  async function events(path: string): Promise<Answer<Events>> {
    let response: Response;
    try {
      response = await fetch(`/console/api${path}`, { method: 'GET' });
    } catch {
      return err({ code: 'offline' });
    }
    const isStream = response.headers.get('content-type')?.startsWith('text/event-stream');
    if (response.ok && isStream && response.body) return ok(eventsOf(response.body));
    const json = readJson(await response.text().catch(() => ''));
    return err(json === undefined ? { code: 'odd' } : refusalOf(response, json));
  }

  return {
    events,
    get: (path) => ask('GET', `/console/api${path}`),
    send: (method, path, body = {}) => ask(method, `/console/api${path}`, body),
    desk: (method, path, body) => ask(method, `/authority/desk${path}`, body),
    demoSession: () => ask('POST', '/demo/console-session', {}),
  };
}

function eventsOf(body: ReadableStream<Uint8Array>): Events {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  const read = eventMessages();
  return {
    async next() {
      const piece = await reader.read().catch(() => undefined);
      if (!piece || piece.done) return undefined;
      return read(decoder.decode(piece.value, { stream: true }));
    },
    cancel: () => void reader.cancel().catch(() => undefined),
  };
}
