/** The few globals `app` may touch besides those of `core`: timers, and addresses as the URL Standard reads them. */
declare function setTimeout(callback: () => void, ms: number): number;
declare function clearTimeout(id: number | undefined): void;
declare class URL {
  constructor(text: string);
  readonly origin: string;
  readonly protocol: string;
}
declare class URLSearchParams {
  constructor(text: string);
  getAll(name: string): string[];
}
