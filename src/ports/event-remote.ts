import type { ServerEvent } from '../core/sightings/event-lines.ts';

/** How a stream of events ended, or why there was none. */
export type StreamEnd =
  /** It was open and the line or the hub ended it. */
  | { readonly kind: 'over' }
  | { readonly kind: 'answer'; readonly status: number; readonly retryAfterS?: number }
  | { readonly kind: 'offline' };

export interface StreamOptions {
  /** Goes as a header: never in an address. */
  readonly token: string;
  /** What the stream before had come to. */
  readonly lastId?: string;
  onEvent(event: ServerEvent): void;
}

export interface EventStream {
  /** Resolves when it is over, for whatever reason; a line on which nothing moves is over too. Never rejects. */
  readonly ended: Promise<StreamEnd>;
  stop(): void;
}

/** Server-sent events of the hub's own origin. */
export interface EventRemote {
  listen(path: string, options: StreamOptions): EventStream;
}
