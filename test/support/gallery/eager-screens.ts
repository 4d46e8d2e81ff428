import { type ComponentType, createElement } from 'react';
import { withWords } from '../../../src/scanner/ui/parts/lazy-screen.ts';

export { withWords };

const loading: Promise<void>[] = [];

/**
 * In the gallery in place of `lazyScreen`: everything is there before the first screen is shown, so nobody
 * takes what stands in for a screen for the screen, nor waits the third of a second React shows it at least.
 */
export function lazyScreen<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
): ComponentType<Props> {
  let Loaded: ComponentType<Props> | undefined;
  const loadAll = async () => {
    Loaded = await withWords(load)();
  };
  loading.push(loadAll());
  return (props) => {
    if (Loaded === undefined) throw new Error('shown before it was loaded');
    return createElement(Loaded, props);
  };
}

/** Resolves when all screens are there, those that came with a screen too. */
export async function allLoaded(): Promise<void> {
  for (let one = loading.pop(); one !== undefined; one = loading.pop()) await one;
}
