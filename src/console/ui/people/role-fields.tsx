import { type Area, type Areas, isArea } from '../../../core/console/areas.ts';
import { type Role, roles } from '../../../core/console/roles.ts';
import { Lines, Select } from '../../../parts/labelled.tsx';
import { useWords } from '../use-console.ts';

export interface Chosen {
  readonly role: Role;
  readonly where: 'all' | 'some';
  /** One area a line, as typed. */
  readonly typed: string;
}

/** The areas chosen; undefined while what is typed is none. */
export function areasOf({ where, typed }: Chosen): Areas | undefined {
  if (where === 'all') return 'all';
  const lines = typed.split(/[\s,，;；]+/).filter((line) => line !== '');
  return lines.length > 0 && lines.every(isArea) ? (lines as Area[]) : undefined;
}

export const chosenOf = (role: Role, areas: Areas): Chosen => ({
  role,
  where: areas === 'all' ? 'all' : 'some',
  typed: areas === 'all' ? '' : areas.join('\n'),
});

/** What somebody may do, and where. */
export function RoleFields({
  chosen,
  onChange,
}: {
  chosen: Chosen;
  onChange: (it: Chosen) => void;
}) {
  const { t } = useWords();
  const isWrong = areasOf(chosen) === undefined && chosen.typed.trim() !== '';
  return (
    <>
      <Select
        label={t('people.role')}
        hint={t(`role.${chosen.role}Hint`)}
        value={chosen.role}
        choices={roles.map((role) => [role, t(`role.${role}`)] as const)}
        onChange={(role) => onChange({ ...chosen, role })}
      />
      <Select
        label={t('areas.label')}
        value={chosen.where}
        choices={[
          ['all', t('areas.all')],
          ['some', t('areas.some')],
        ]}
        onChange={(where) => onChange({ ...chosen, where })}
      />
      {chosen.where === 'some' && (
        <Lines
          label={t('areas.some')}
          hint={t(isWrong ? 'areas.wrong' : 'areas.hint')}
          wrong={isWrong}
          value={chosen.typed}
          onChange={(typed) => onChange({ ...chosen, typed })}
        />
      )}
    </>
  );
}
