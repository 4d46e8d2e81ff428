import { beginRun } from '../once-a-run.ts';
import { stopShared } from '../shared-postgres.ts';

/** Around a whole run, in Vitest's own process. Nothing dear is made here: the first test that wants it makes it. */
export default function oneRun(): (() => void) | undefined {
  const { folder, remove } = beginRun();
  return () => {
    stopShared(folder);
    remove();
  };
}
