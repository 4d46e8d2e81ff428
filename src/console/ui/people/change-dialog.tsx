import { useState } from 'react';
import type { Account, Invited } from '../../../core/console/answers.ts';
import { Button } from '../parts/button.tsx';
import css from '../parts/desk.module.css';
import { Dialog } from '../parts/dialog.tsx';
import { LastRefusal } from '../parts/refusal.tsx';
import { useConsole, useDesk, useWords } from '../use-console.ts';
import type { Link } from './link.ts';
import { areasOf, type Chosen, chosenOf, RoleFields } from './role-fields.tsx';

interface Props {
  account: Account;
  onClose: () => void;
  onLink: (link: Link) => void;
}

/** Role and areas of an account, a new link for its owner, and whether it can be used at all. */
export function ChangeDialog({ account, onClose, onLink }: Props) {
  const desk = useConsole();
  const { t } = useWords();
  const busy = useDesk((state) => state.busy);
  const [chosen, setChosen] = useState<Chosen>(chosenOf(account.role, account.areas));
  const areas = areasOf(chosen);
  const isOff = account.disabledAt !== undefined;
  const path = `/operators/${encodeURIComponent(account.id)}`;
  const save = async (disabled: boolean) => {
    const body = { version: account.version, role: chosen.role, areas, disabled };
    if (await desk.act(() => desk.remote.send('PUT', path, body))) onClose();
  };
  const renew = () =>
    desk.act(async () => {
      const answer = await desk.remote.send<Invited>('POST', `${path}/reset`);
      if (answer.ok) onLink({ ...answer.value, name: account.name });
      return answer;
    });
  return (
    <Dialog title={t('people.changeWho', { name: account.name })} onClose={onClose}>
      <form
        className={css['form']}
        onSubmit={(event) => {
          event.preventDefault();
          if (areas) void save(isOff);
        }}
      >
        <RoleFields chosen={chosen} onChange={setChosen} />
        <LastRefusal />
        <Button kind="primary" type="submit" disabled={busy || !areas}>
          {t('app.save')}
        </Button>
      </form>
      {!isOff && (
        <div className={css['form']}>
          <p className={css['hint']}>{t('people.newLinkWhy')}</p>
          <Button disabled={busy} onClick={() => void renew()}>
            {t('people.newLink')}
          </Button>
        </div>
      )}
      <Button kind={isOff ? 'plain' : 'danger'} disabled={busy} onClick={() => void save(!isOff)}>
        {t(isOff ? 'people.on' : 'people.off')}
      </Button>
    </Dialog>
  );
}
