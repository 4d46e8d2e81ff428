import type { Bytes } from '../core/units.ts';

/**
 * An answer from the hub's origin. `offline` covers every transport failure, time-outs included, with a
 * network or without one: only `online()` tells.
 */
export type RemoteAnswer =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly etag?: string;
      /** Seconds the hub asks to be left alone (`Retry-After`), at most 300. */
      readonly retryAfterS?: number;
      /** With 206: the place in the file of the first byte of `body`. */
      readonly from?: number;
      readonly body: Bytes;
    }
  | {
      readonly kind: 'offline';
      /** There is a line, and for 20 s nothing came over it. */
      readonly silent?: true;
      /** Sent on to another address, as login pages do and the hub never does. */
      readonly elsewhere?: true;
      /** What came of a good answer before it broke off. */
      readonly part?: FilePart;
    };

/** The beginning of a file, or (from > 0) what follows a beginning. */
export interface FilePart {
  readonly from: number;
  readonly etag?: string;
  readonly body: Bytes;
}

/**
 * HTTP to the hub's own origin and to no other. Paths are relative (`/v1/bundle`). Nothing is limited
 * in total: an answer may take hours, as long as it never stands still for 20 s.
 */
export interface Remote {
  /** Where that is: scheme, host and port. */
  readonly origin: string;
  /** `after`: the bytes of the file that are here already, with its etag; only the rest is wanted. */
  get(
    path: string,
    options?: {
      etag?: string;
      maxBytes?: number;
      after?: { readonly bytes: number; readonly etag?: string };
    },
  ): Promise<RemoteAnswer>;
  post(
    path: string,
    body: string,
    options?: { gzip?: boolean; contentType?: string },
  ): Promise<RemoteAnswer>;
  /** Whether the phone says it has a network. Whether the hub is at its end only asking tells. */
  online(): boolean;
}
