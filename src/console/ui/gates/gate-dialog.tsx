import { useState } from 'react';
import {
  directions,
  type GateFacts,
  isPlaceName,
  type PlacedGate,
  type Site,
} from '../../../core/console/gates.ts';
import { isGateId, isIssuerId } from '../../../core/ids.ts';
import { type Venue, venues } from '../../../core/trust/venue-rule.ts';
import { Field, Select } from '../../../parts/labelled.tsx';
import { Button } from '../parts/button.tsx';
import css from '../parts/desk.module.css';
import { Dialog } from '../parts/dialog.tsx';
import { LastRefusal } from '../parts/refusal.tsx';
import { useConsole, useDesk, useWords } from '../use-console.ts';
import { SettingsFields } from './settings-fields.tsx';
import {
  isGoodSettings,
  settingsBody,
  type TypedSettings,
  typedSettings,
} from './typed-settings.ts';

interface Props {
  /** Undefined for a new one. */
  gate: PlacedGate | undefined;
  sites: readonly Site[];
  onClose: () => void;
}

/** Everything that is said of a gate, as texts while it is typed. */
interface Typed {
  readonly id: string;
  readonly name: string;
  readonly venue: Venue;
  readonly region: string;
  readonly site: string;
  readonly district: string;
  readonly direction: (typeof directions)[number];
  readonly zone: string;
}

const typedOf = (gate: PlacedGate | undefined): Typed => ({
  ...{ id: gate?.id ?? '', name: gate?.name ?? '', venue: gate?.venue ?? 'residential' },
  ...{ region: gate?.region ?? '', site: gate?.site ?? '', district: gate?.district ?? '' },
  ...{ direction: gate?.direction ?? 'in', zone: gate?.zone ?? '' },
});

const factsOf = ({ id, name, venue, direction, ...rest }: Typed): GateFacts => ({
  ...{ id, name: name.trim(), venue, direction },
  ...Object.fromEntries(
    Object.entries(rest)
      .map(([key, text]) => [key, text.trim()] as const)
      .filter(([, text]) => text !== ''),
  ),
});

const isGood = ({ id, name, region }: Typed): boolean =>
  isGateId(id) && isPlaceName(name) && (region.trim() === '' || isIssuerId(region.trim()));

/** A gate, new or known; the id of a known one stays. */
export function GateDialog({ gate, sites, onClose }: Props) {
  const desk = useConsole();
  const { t } = useWords();
  const busy = useDesk((state) => state.busy);
  const [typed, setTyped] = useState<Typed>(typedOf(gate));
  const [set, setSet] = useState<TypedSettings>(typedSettings(gate));
  const good = isGood(typed) && isGoodSettings(set);
  const put = (part: Partial<Typed>) => setTyped({ ...typed, ...part });
  const site = sites.find(({ id }) => id === typed.site);
  const isClosed = gate?.closedAt !== undefined;
  const save = async (closed: boolean) => {
    const facts = factsOf(typed);
    const done = await desk.act(() =>
      gate === undefined
        ? desk.remote.send('POST', '/gates', { ...facts, ...settingsBody(set) })
        : desk.remote.send('PUT', `/gates/${encodeURIComponent(gate.id)}`, {
            ...{ version: gate.version, closed, gate: facts, ...settingsBody(set) },
          }),
    );
    if (done) onClose();
  };
  return (
    <Dialog
      title={gate === undefined ? t('gates.add') : t('gates.changeWhich', { name: gate.name })}
      onClose={onClose}
    >
      <form
        className={css['form']}
        onSubmit={(event) => {
          event.preventDefault();
          if (good) void save(isClosed);
        }}
      >
        <Field
          label={t('gates.id')}
          hint={t('gates.idHint')}
          wrong={typed.id !== '' && !isGateId(typed.id)}
          value={typed.id}
          onChange={(id) => put({ id })}
          readOnly={gate !== undefined}
          maxLength={64}
          required
        />
        <Field
          label={t('gates.name')}
          hint={t('gates.nameHint')}
          value={typed.name}
          onChange={(name) => put({ name })}
          maxLength={120}
          required
        />
        <Select
          label={t('gates.venue')}
          value={typed.venue}
          choices={venues.map((venue) => [venue, t(`venue.${venue}`)] as const)}
          onChange={(venue) => put({ venue })}
        />
        <Field
          label={t('gates.region')}
          hint={t('gates.regionHint')}
          wrong={typed.region.trim() !== '' && !isIssuerId(typed.region.trim())}
          value={typed.region}
          onChange={(region) => put({ region })}
          maxLength={6}
        />
        {sites.length > 0 && (
          <Select
            label={t('gates.site')}
            value={typed.site}
            choices={[['', t('gates.noSite')], ...sites.map(({ id, name }) => [id, name] as const)]}
            onChange={(chosen) => put({ site: chosen, zone: '' })}
          />
        )}
        {site && site.zones.length > 0 && (
          <Select
            label={t('gates.zone')}
            value={typed.zone}
            choices={[
              ['', t('gates.noZone')],
              ...site.zones.map(({ id, name }) => [id, name] as const),
            ]}
            onChange={(zone) => put({ zone })}
          />
        )}
        <Select
          label={t('gates.direction')}
          value={typed.direction}
          choices={directions.map((one) => [one, t(`direction.${one}`)] as const)}
          onChange={(direction) => put({ direction })}
        />
        <Field
          label={t('gates.district')}
          value={typed.district}
          onChange={(district) => put({ district })}
          maxLength={16}
        />
        <SettingsFields gate={gate} typed={set} onChange={(part) => setSet({ ...set, ...part })} />
        <LastRefusal />
        <Button kind="primary" type="submit" disabled={busy || !good}>
          {t('app.save')}
        </Button>
      </form>
      {gate && (
        <div className={css['form']}>
          <p className={css['hint']}>{t('gates.closeWhy')}</p>
          <Button
            kind={isClosed ? 'plain' : 'danger'}
            disabled={busy || !good}
            onClick={() => void save(!isClosed)}
          >
            {t(isClosed ? 'gates.open' : 'gates.close')}
          </Button>
        </div>
      )}
    </Dialog>
  );
}
