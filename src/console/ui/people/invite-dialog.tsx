import { useState } from 'react';
import type { Invited } from '../../../core/console/answers.ts';
import { Field } from '../../../parts/labelled.tsx';
import { Button } from '../parts/button.tsx';
import css from '../parts/desk.module.css';
import { Dialog } from '../parts/dialog.tsx';
import { LastRefusal } from '../parts/refusal.tsx';
import { useConsole, useDesk, useWords } from '../use-console.ts';
import type { Link } from './link.ts';
import { areasOf, type Chosen, RoleFields } from './role-fields.tsx';

interface Props {
  onClose: () => void;
  onMade: (link: Link) => void;
}

/** A link for somebody new: name, role, areas. */
export function InviteDialog({ onClose, onMade }: Props) {
  const desk = useConsole();
  const { t } = useWords();
  const busy = useDesk((state) => state.busy);
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState<Chosen>({ role: 'supervisor', where: 'all', typed: '' });
  const areas = areasOf(chosen);
  const make = () =>
    desk.act(async () => {
      const body = { name: name.trim(), role: chosen.role, areas };
      const answer = await desk.remote.send<Invited>('POST', '/operators', body);
      if (answer.ok) onMade({ ...answer.value, name: name.trim() });
      return answer;
    });
  return (
    <Dialog title={t('people.invite')} onClose={onClose}>
      <form
        className={css['form']}
        onSubmit={(event) => {
          event.preventDefault();
          if (areas) void make();
        }}
      >
        <Field
          label={t('people.name')}
          hint={t('people.nameHint')}
          value={name}
          onChange={setName}
          maxLength={64}
          required
        />
        <RoleFields chosen={chosen} onChange={setChosen} />
        <LastRefusal />
        <Button kind="primary" type="submit" disabled={busy || !areas}>
          {t('people.invite')}
        </Button>
      </form>
    </Dialog>
  );
}
