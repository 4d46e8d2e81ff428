/** The few globals `app` may touch besides those of `core`: timers, and a picture it only hands on. */
declare function setTimeout(callback: () => void, ms: number): number;
declare function clearTimeout(id: number | undefined): void;
/** A picture file; opaque to `app`. */
interface Blob {
  readonly size: number;
  readonly type: string;
}
