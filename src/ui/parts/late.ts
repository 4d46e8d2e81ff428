import { type ComponentType, type LazyExoticComponent, lazy } from 'react';
import { loadLateWords } from '../../i18n/translate.ts';

/** A screen loaded with its words when it is first opened: the camera does not wait for it. */
export function late<Props>(
  load: () => Promise<ComponentType<Props>>,
): LazyExoticComponent<ComponentType<Props>> {
  return lazy(async () => {
    const [screen] = await Promise.all([load(), loadLateWords()]);
    return { default: screen };
  });
}
