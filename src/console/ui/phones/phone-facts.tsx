import type { ReactNode } from 'react';
import type { DeviceRow, LookedAtPhone } from '../../../core/console/devices.ts';
import { spaced } from '../../../core/enrol/fingerprint.ts';
import css from '../parts/desk.module.css';
import { useWords, type Words } from '../use-console.ts';

interface Props {
  looked: LookedAtPhone;
}

type Line = readonly [head: string, text: ReactNode];

/** What is known of a phone: by its log, and by its own word. */
export function PhoneFacts({ looked }: Props) {
  const words = useWords();
  const lines = [...known(words, looked.device), ...told(words, looked), ...missing(words, looked)];
  return (
    <dl className={css['facts']}>
      {lines.map(([head, text]) => (
        <div key={head} className={css['fact']}>
          <dt>{head}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  );
}

function known({ t, f }: Words, device: DeviceRow): Line[] {
  const { heardAt, receivedAt, confirmedAt } = device;
  const compared =
    confirmedAt === undefined
      ? t('phones.notCompared')
      : t('phones.compared', { time: f.stamp(confirmedAt) });
  const at = (time: number | undefined) => (time === undefined ? t('gates.never') : f.stamp(time));
  return [
    [t('phones.digits'), `${spaced(device.digits)} · ${compared}`],
    [t('phones.enrolledAt'), f.stamp(device.enrolledAt)],
    [t('phones.heard'), at(heardAt)],
    [t('phones.received'), at(receivedAt)],
    [t('phones.app'), device.app ?? '—'],
    [t('phones.clock'), clockText({ t, f }, device)],
  ];
}

const qualities = ['synced', 'held', 'unconfirmed', 'bad'] as const;

/** A quality of a later version is called what the phone calls it. */
export function qualityText({ t }: Words, quality: string): string {
  const known = qualities.find((word) => word === quality);
  return known ? t(`quality.${known}`) : quality;
}

function clockText(words: Words, { quality, told: said }: DeviceRow): string {
  const { t, f } = words;
  const text = quality === undefined ? '—' : qualityText(words, quality);
  const skew = said?.skewS;
  return skew === undefined ? text : `${text} · ${t('phones.skew', { seconds: f.number(skew) })}`;
}

/** Nothing of a phone whose app tells nothing, or whose browser does not know. */
function told({ t, f }: Words, { device, settingsIat }: LookedAtPhone): Line[] {
  const said = device.told;
  if (!said) return [];
  const { listIat, unsent, battery, charging, usedBytes, quotaBytes } = said;
  const mega = (bytes: number) => f.number(Math.round(bytes / 1e6));
  return [
    ...(listIat === undefined
      ? []
      : [[t('phones.lists'), f.ago(Date.now() / 1000 - listIat)] as const]),
    ...(unsent === undefined
      ? []
      : [[t('phones.unsent'), t('phones.unsentThen', { count: f.number(unsent) })] as const]),
    ...(said.fault !== undefined
      ? [[t('phones.storage'), t('phones.cannotWrite')] as const]
      : usedBytes === undefined || quotaBytes === undefined
        ? []
        : [
            [
              t('phones.storage'),
              t('phones.space', { used: mega(usedBytes), quota: mega(quotaBytes) }),
            ] as const,
          ]),
    ...(battery === undefined
      ? []
      : [
          [
            t('phones.battery'),
            t(charging ? 'phones.charging' : 'phones.percent', { n: battery }),
          ] as const,
        ]),
    [t('phones.settings'), settingsText({ t, f }, said, settingsIat)],
  ];
}

function settingsText(
  { t, f }: Words,
  { settings, refused }: NonNullable<DeviceRow['told']>,
  newest: number | undefined,
): string {
  if (refused !== undefined) return t('phones.settingsRefused', { code: refused });
  if (settings === undefined) return t('phones.settingsNone');
  const time = f.stamp(settings * 1000);
  return t((newest ?? 0) > settings ? 'phones.settingsOld' : 'phones.settingsOf', { time });
}

const mostShown = 20;

function missing({ t }: Words, { gaps, unsent, quarantine }: LookedAtPhone): Line[] {
  const ranges = (
    <>
      {gaps.length === 0 && !unsent && t('phones.nothingMissing')}
      {gaps.slice(0, mostShown).map(({ from, to }) => (
        <p key={from}>{t('phones.missingRange', { from, to })}</p>
      ))}
      {unsent && <p>{t('phones.unsentRange', { from: unsent.from, to: unsent.to })}</p>}
    </>
  );
  if (quarantine.length === 0) return [[t('phones.missing'), ranges]];
  const aside = quarantine.map(({ reason, entries }) => (
    <p key={reason}>{t('phones.quarantineRow', { count: entries, reason })}</p>
  ));
  return [
    [t('phones.missing'), ranges],
    [t('phones.quarantine'), aside],
  ];
}
