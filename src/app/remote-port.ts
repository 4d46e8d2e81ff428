import type { Bytes } from '../core/units.ts';

/** An answer from the hub's origin. `offline` covers every transport failure, time-outs included. */
export type RemoteAnswer =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly etag?: string;
      /** Seconds the hub asks to be left alone (`Retry-After`), at most 300. */
      readonly retryAfterS?: number;
      readonly body: Bytes;
    }
  | {
      readonly kind: 'offline';
      /** There is a line, and for 20 s nothing came over it. */
      readonly silent?: true;
    };

/** HTTP to the hub's own origin and to no other. Paths are relative (`/v1/bundle`). */
export interface Remote {
  /** Where that is: scheme, host and port. */
  readonly origin: string;
  /** `patient`: a long file, so up to a minute instead of ten seconds. */
  get(
    path: string,
    options?: { etag?: string; maxBytes?: number; patient?: boolean },
  ): Promise<RemoteAnswer>;
  post(
    path: string,
    body: string,
    options?: { gzip?: boolean; contentType?: string },
  ): Promise<RemoteAnswer>;
  online(): boolean;
}
