import { useState } from 'react';
import type { Account, OpenInvitation } from '../../../core/console/answers.ts';
import type { Translate } from '../../words/translate.ts';
import { areasText } from '../account/areas-text.ts';
import { Button } from '../parts/button.tsx';
import css from '../parts/desk.module.css';
import { Loaded } from '../parts/loaded.tsx';
import { useQuery, useWords } from '../use-console.ts';
import { ChangeDialog } from './change-dialog.tsx';
import { InviteDialog } from './invite-dialog.tsx';
import type { Link } from './link.ts';
import { LinkDialog } from './link-dialog.tsx';

interface People {
  readonly operators: readonly Account[];
  readonly invitations: readonly OpenInvitation[];
}

/** Who may work here, and making it somebody else too. */
export function PeoplePage() {
  const { t } = useWords();
  const query = useQuery<People>('/operators');
  const [inviting, setInviting] = useState(false);
  const [changing, setChanging] = useState<Account>();
  const [link, setLink] = useState<Link>();
  const show = (made: Link) => {
    setInviting(false);
    setChanging(undefined);
    setLink(made);
    void query.refresh();
  };
  const close = () => {
    setInviting(false);
    setChanging(undefined);
    void query.refresh();
  };
  return (
    <>
      <div className={css['row']}>
        <Button kind="primary" onClick={() => setInviting(true)}>
          {t('people.invite')}
        </Button>
      </div>
      <Loaded query={query}>
        {({ operators, invitations }) => (
          <div className={css['box']}>
            <PeopleTable {...{ operators, invitations }} onChange={setChanging} />
          </div>
        )}
      </Loaded>
      {inviting && <InviteDialog onClose={close} onMade={show} />}
      {changing && <ChangeDialog account={changing} onClose={close} onLink={show} />}
      {link && <LinkDialog link={link} onClose={() => setLink(undefined)} />}
    </>
  );
}

function PeopleTable({
  operators,
  invitations,
  onChange,
}: People & { onChange: (account: Account) => void }) {
  const { t, f } = useWords();
  const heads = [
    t('people.name'),
    t('people.role'),
    t('areas.label'),
    t('people.signsIn'),
    t('people.state'),
  ];
  return (
    <div className={css['scroll']}>
      <table className={css['table']}>
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
            <td />
          </tr>
        </thead>
        <tbody>
          {operators.map((one) => (
            <tr key={one.id}>
              <th scope="row">{one.name}</th>
              <td data-label={heads[1]}>{t(`role.${one.role}`)}</td>
              <td data-label={heads[2]}>{areasText(t, one.areas)}</td>
              <td data-label={heads[3]}>{proofsText(t, one)}</td>
              <td data-label={heads[4]}>
                {one.disabledAt === undefined
                  ? t('people.active')
                  : t('people.disabled', { time: f.dayTime(one.disabledAt, Date.now()) })}
              </td>
              <td>
                <Button
                  onClick={() => onChange(one)}
                  aria-label={t('people.changeWho', { name: one.name })}
                >
                  {t('people.change')}
                </Button>
              </td>
            </tr>
          ))}
          {invitations.map(({ name, role, areas, expiresAt }) => (
            <tr key={`invited ${name}`}>
              <th scope="row">{name}</th>
              <td data-label={heads[1]}>{t(`role.${role}`)}</td>
              <td data-label={heads[2]}>{areasText(t, areas)}</td>
              <td data-label={heads[3]}>—</td>
              <td data-label={heads[4]}>
                {t('people.invited', { time: f.dayTime(expiresAt, Date.now()) })}
              </td>
              <td />
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function proofsText(t: Translate, { hasPassword, hasTotp, passkeys }: Account): string {
  const ways = [
    ...(hasPassword ? [t(hasTotp ? 'people.totp' : 'people.password')] : []),
    ...(passkeys > 0 ? [t('people.passkey')] : []),
  ];
  return ways.join(' · ') || t('people.noWay');
}
