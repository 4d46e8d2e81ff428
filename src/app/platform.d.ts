/** The few globals `app` may touch besides those of `core`: timers. */
declare function setTimeout(callback: () => void, ms: number): number;
declare function clearTimeout(id: number | undefined): void;
