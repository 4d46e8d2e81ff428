import { Select } from '../../../parts/labelled.tsx';
import type { Page } from '../../app/place/place-state.ts';
import { useApp, useCitizen, useWords } from '../use-citizen.ts';

const myself = 'me';

/** Of whom the page is: oneself, or a relative. Nothing where there is none. */
export function WhosePicker({ page, label }: { page: Page; label: string }) {
  const { place } = useCitizen();
  const of = useApp((state) => state.place.of);
  const relatives = useApp((state) => state.relatives.relatives);
  const { t } = useWords();
  if (!relatives || relatives.length === 0) return null;
  return (
    <Select
      label={label}
      value={of ?? myself}
      choices={[
        [myself, t('declare.self')],
        ...relatives.map(({ id, name, number }) => [id, `${name} ${number}`] as const),
      ]}
      onChange={(id) => place.go(page, id === myself ? undefined : id)}
    />
  );
}
