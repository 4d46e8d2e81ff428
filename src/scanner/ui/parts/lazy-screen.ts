import { type ComponentType, type LazyExoticComponent, lazy } from 'react';
import { loadScreenWords } from '../../words/translate.ts';

/** Loads something together with the words it says. */
export const withWords =
  <T>(load: () => Promise<T>) =>
  async (): Promise<T> => {
    const [loaded] = await Promise.all([load(), loadScreenWords()]);
    return loaded;
  };

/** A screen loaded with its words when it is first opened: the camera does not wait for it. */
export function lazyScreen<Props>(
  load: () => Promise<ComponentType<Props>>,
): LazyExoticComponent<ComponentType<Props>> {
  const loadAll = withWords(load);
  return lazy(async () => ({ default: await loadAll() }));
}
