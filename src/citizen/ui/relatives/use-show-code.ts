import { useCitizen } from '../use-citizen.ts';

/** To the code of somebody by id; without one, to one's own. */
export function useShowCode(): (whose?: string) => void {
  const { code, place } = useCitizen();
  return (whose = '') => {
    code.pick(whose);
    place.go('code');
  };
}
