/** Work that a hub does by itself: when it fails, its operators are told on every page. */
export const failingWork = ['daily-export'] as const;
export type FailingWork = (typeof failingWork)[number];

/** `GET /failing`; `since` and `at` in milliseconds, `problem` a stable code. */
export interface Failing {
  readonly failing: readonly {
    readonly what: FailingWork;
    readonly problem: string;
    /** When it failed first, and when last. */
    readonly since: number;
    readonly at: number;
  }[];
}
