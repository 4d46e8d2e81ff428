import { type ComponentType, type LazyExoticComponent, lazy } from 'react';
import { loadScreenWords } from '../../words/translate.ts';

/** Loads something; `there` is what was loaded. */
interface Load<T> {
  (): Promise<T>;
  there?: T;
}

/** Loads something together with the words it says. */
export function withWords<T>(load: () => Promise<T>): Load<T> {
  const loadAll: Load<T> = async () => {
    const [loaded] = await Promise.all([load(), loadScreenWords()]);
    loadAll.there = loaded;
    return loaded;
  };
  return loadAll;
}

/**
 * A screen loaded with its words when it is first opened: the camera does not wait for it. One that was
 * loaded before (`withWords`) stands at once: React shows what stands in for a screen for 300 ms at least.
 */
export function lazyScreen<Props>(
  load: Load<ComponentType<Props>>,
): LazyExoticComponent<ComponentType<Props>> {
  const loadAll = withWords(load);
  return lazy(() => (load.there ? atOnce({ default: load.there }) : asDefault(loadAll())));
}

const asDefault = async <T>(loading: Promise<T>) => ({ default: await loading });

/** Answers while it is asked, which no promise does; React hears that too. */
const atOnce = <T>(value: T) =>
  // biome-ignore lint/suspicious/noThenProperty: that is what React calls
  ({ then: (hear: (value: T) => void) => hear(value) }) as Promise<T>;
