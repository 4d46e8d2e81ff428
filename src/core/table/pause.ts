/** Waited for between the strides of long work: whoever has a page that must answer lets it do so here. */
export type Pause = () => Promise<void>;
export const noPause: Pause = () => Promise.resolve();

/** Things done between two pauses: a few milliseconds of a slow phone. */
export const stride = 50;

/** Does `each` of them in order, with a pause after every stride. */
export async function inStrides<T>(
  items: readonly T[],
  pause: Pause,
  each: (item: T) => void,
): Promise<void> {
  for (let from = 0; from < items.length; from += stride) {
    for (const item of items.slice(from, from + stride)) each(item);
    await pause();
  }
}
