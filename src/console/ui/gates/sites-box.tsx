import { useState } from 'react';
import { isPlaceName, type Site, type SiteFacts } from '../../../core/console/gates.ts';
import { isIssuerId, isSiteId } from '../../../core/ids.ts';
import { Field, Lines } from '../../../parts/labelled.tsx';
import { Button } from '../parts/button.tsx';
import css from '../parts/desk.module.css';
import { Dialog } from '../parts/dialog.tsx';
import { LastRefusal } from '../parts/refusal.tsx';
import { useConsole, useDesk, useMay, useWords } from '../use-console.ts';

interface Props {
  sites: readonly Site[];
  refresh: () => Promise<void>;
}

/** Sites, each with the zones whose people are counted. */
export function SitesBox({ sites, refresh }: Props) {
  const { t } = useWords();
  const mayWrite = useMay('sites:write');
  const [open, setOpen] = useState<Site | 'new'>();
  const close = () => {
    setOpen(undefined);
    void refresh();
  };
  return (
    <section className={css['box']}>
      <div className={css['spread']}>
        <h2>{t('sites.title')}</h2>
        {mayWrite && <Button onClick={() => setOpen('new')}>{t('sites.add')}</Button>}
      </div>
      <p className={css['hint']}>{t('sites.why')}</p>
      {sites.length === 0 && <p>{t('sites.none')}</p>}
      <ul className={css['list']}>
        {sites.map((site) => (
          <li key={site.id} className={css['spread']}>
            <p>
              <strong>{site.name}</strong> <code>{site.id}</code>{' '}
              <span className={css['hint']}>
                {[site.region, ...site.zones.map(({ name }) => name)].filter(Boolean).join(' · ')}
              </span>
            </p>
            {mayWrite && (
              <Button
                onClick={() => setOpen(site)}
                aria-label={t('gates.changeWhich', { name: site.name })}
              >
                {t('gates.change')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {open && <SiteDialog site={open === 'new' ? undefined : open} onClose={close} />}
    </section>
  );
}

/** `hall, Main hall, 200` by line; undefined while a line is none. */
export function readZones(text: string): SiteFacts['zones'] | undefined {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const zones = lines.map((line) => {
    const [id = '', name = '', capacity = ''] = line.split(/[,，]/).map((part) => part.trim());
    const isRight = isSiteId(id) && isPlaceName(name) && /^\d{0,7}$/.test(capacity);
    return isRight ? [{ id, name, ...(capacity !== '' && { capacity: Number(capacity) }) }] : [];
  });
  const known = zones.flat();
  const isTwice = new Set(known.map((zone) => zone.id)).size < known.length;
  return known.length === lines.length && !isTwice ? known : undefined;
}

function SiteDialog({ site, onClose }: { site: Site | undefined; onClose: () => void }) {
  const desk = useConsole();
  const { t } = useWords();
  const busy = useDesk((state) => state.busy);
  const [id, setId] = useState(site?.id ?? '');
  const [name, setName] = useState(site?.name ?? '');
  const [region, setRegion] = useState(site?.region ?? '');
  const [typed, setTyped] = useState(
    site?.zones
      .map((zone) => [zone.id, zone.name, zone.capacity].filter(Boolean).join(', '))
      .join('\n') ?? '',
  );
  const zones = readZones(typed);
  const isGood =
    isSiteId(id) && isPlaceName(name) && (region === '' || isIssuerId(region)) && zones;
  const path = `/sites/${encodeURIComponent(id)}`;
  const save = async () => {
    const { version = 0, district } = site ?? {};
    const facts = { id, name, zones, ...(region && { region }), ...(district && { district }) };
    if (await desk.act(() => desk.remote.send('PUT', path, { version, site: facts }))) onClose();
  };
  const remove = async () => {
    if (await desk.act(() => desk.remote.send('DELETE', path))) onClose();
  };
  return (
    <Dialog
      title={site === undefined ? t('sites.add') : t('gates.changeWhich', { name: site.name })}
      onClose={onClose}
    >
      <form
        className={css['form']}
        onSubmit={(event) => {
          event.preventDefault();
          if (isGood) void save();
        }}
      >
        <Field
          label={t('gates.id')}
          hint={t('gates.idHint')}
          wrong={id !== '' && !isSiteId(id)}
          value={id}
          onChange={setId}
          readOnly={site !== undefined}
          maxLength={64}
          required
        />
        <Field label={t('gates.name')} value={name} onChange={setName} maxLength={120} required />
        <Field
          label={t('gates.region')}
          hint={t('gates.regionHint')}
          wrong={region !== '' && !isIssuerId(region)}
          value={region}
          onChange={setRegion}
          maxLength={6}
        />
        <Lines
          label={t('sites.zones')}
          hint={t(zones ? 'sites.zonesHint' : 'sites.zonesWrong')}
          wrong={!zones}
          value={typed}
          onChange={setTyped}
        />
        <LastRefusal />
        <Button kind="primary" type="submit" disabled={busy || !isGood}>
          {t('app.save')}
        </Button>
      </form>
      {site && (
        <Button kind="danger" disabled={busy} onClick={() => void remove()}>
          {t('sites.remove')}
        </Button>
      )}
    </Dialog>
  );
}
