import { Fragment } from 'react';
import type { DeviceRow } from '../../../core/console/devices.ts';
import { spaced } from '../../../core/enrol/fingerprint.ts';
import { Button } from '../parts/button.tsx';
import css from '../parts/desk.module.css';
import { useWords, type Words } from '../use-console.ts';
import { qualityText } from './phone-facts.tsx';

interface Props {
  /** Those shown, and all, by which others are named. */
  devices: readonly DeviceRow[];
  all: readonly DeviceRow[];
  onOpen: (id: string) => void;
}

/** Phones in the order the hub gives: what needs a hand comes first. */
export function PhoneTable({ devices, all, onOpen }: Props) {
  const words = useWords();
  const { t, f } = words;
  const digitsOf = (id: string) => all.find((one) => one.id === id)?.digits;
  const heads = [
    t('phones.gate'),
    t('phones.heard'),
    t('phones.state'),
    t('phones.entries'),
    t('phones.unsent'),
    t('phones.lists'),
    t('phones.clock'),
    t('phones.battery'),
    t('phones.storage'),
    t('phones.app'),
  ];
  return (
    <div className={css['scroll']}>
      <table className={css['table']}>
        <thead>
          <tr>
            {heads.map((head, at) => (
              <Fragment key={head}>
                <th scope="col">{head}</th>
                {at === 0 && <td />}
              </Fragment>
            ))}
          </tr>
        </thead>
        <tbody>
          {devices.map((one) => (
            <tr key={one.id}>
              <th scope="row">
                {one.gateName} <code>{spaced(one.digits)}</code>
              </th>
              <td>
                <Button
                  onClick={() => onOpen(one.id)}
                  aria-label={t('phones.lookAt', { digits: one.digits, gate: one.gateName })}
                >
                  {t('phones.look')}
                </Button>
              </td>
              <td data-label={heads[1]}>
                {one.heardAt === undefined ? t('gates.never') : f.dayTime(one.heardAt, Date.now())}
              </td>
              <td data-label={heads[2]}>
                <StateOf device={one} digitsOf={digitsOf} />
              </td>
              <td data-label={heads[3]}>{f.number(one.entries)}</td>
              {toldCells(words, one).map((text, i) => (
                <td key={heads[4 + i]} data-label={heads[4 + i]}>
                  {text ?? '—'}
                </td>
              ))}
              <td data-label={heads[9]}>{one.app ?? '—'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Not uploaded, age of the lists, clock, battery, storage, as the phone said last. */
function toldCells(words: Words, device: DeviceRow): readonly (string | undefined)[] {
  const { t, f } = words;
  const { told, quality } = device;
  const { unsent, listIat, battery, charging, usedBytes, quotaBytes } = told ?? {};
  const percent = quotaBytes ? Math.ceil(((usedBytes ?? 0) / quotaBytes) * 100) : undefined;
  return [
    unsent === undefined ? undefined : f.number(unsent),
    listIat === undefined ? undefined : f.ago(Date.now() / 1000 - listIat),
    quality && qualityText(words, quality),
    battery === undefined
      ? undefined
      : t(charging ? 'phones.charging' : 'phones.percent', { n: battery }),
    percent === undefined ? undefined : t('phones.percent', { n: percent }),
  ];
}

interface StateProps {
  device: DeviceRow;
  digitsOf: (id: string) => string | undefined;
}

/** Alarms first; what is well says little. */
function StateOf({ device, digitsOf }: StateProps) {
  const { t, f } = useWords();
  const { revokedAt, replaces, replacedBy, alarms, onShift } = device;
  const other = (key: 'phones.replaces' | 'phones.replacedBy', id: string | undefined) => {
    const digits = id === undefined ? undefined : digitsOf(id);
    return digits !== undefined && <span>{`${t(key)} ${spaced(digits)}`}</span>;
  };
  return (
    <span className={css['row']}>
      {alarms.map((alarm) => (
        <strong key={alarm} className={css['alarm']}>
          {t(`alarm.${alarm}`)}
        </strong>
      ))}
      <span>
        {revokedAt !== undefined
          ? t('phones.revoked', { time: f.dayTime(revokedAt, Date.now()) })
          : t(onShift ? 'phones.onShift' : 'phones.offShift')}
      </span>
      {other('phones.replaces', replaces)}
      {other('phones.replacedBy', replacedBy)}
    </span>
  );
}
