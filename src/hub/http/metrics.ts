const counters = {
  kakou_requests_total: 'Requests by method, route template and status',
  kakou_batches_total: 'Upload batches taken in',
  kakou_entries_total: 'Log entries by what became of them: stored, duplicate, quarantined',
  kakou_gaps_total: 'Entries stored whose predecessor had not come or was another one',
  kakou_other_gate_total: 'Entries stored that say another gate than the device is enrolled at',
  kakou_conflicts_total: 'Codes that were shown to two phones within five minutes',
  kakou_claims_total:
    'Codes about to be let in at a gate of a site, by the answer: first, elsewhere',
  kakou_sightings_total: 'Codes let in that were told to the other gates of a site after an upload',
  kakou_alarms_total: 'Entries newly in quarantine, by reason',
  kakou_daily_exports_total: 'Days written to the folder of --export-folder, by what came of it',
  kakou_devices_enrolled_total: 'Devices enrolled',
  kakou_limited_total:
    'Requests answered 429: scans, claims and streams by device; the others by address',
} as const;
export type Counter = keyof typeof counters;
export type Labels = Readonly<Record<string, string | number>>;

/** Counts since the hub started. Labels hold route templates and codes, never an id. */
export interface Metrics {
  count(counter: Counter, labels?: Labels, by?: number): void;
  /** Prometheus text exposition format 0.0.4. */
  text(uptimeS: number): string;
}

export function createMetrics(): Metrics {
  const values = new Map<string, number>();
  for (const counter of ['kakou_batches_total', 'kakou_gaps_total'] as const)
    values.set(counter, 0);
  return {
    count(counter, labels = {}, by = 1) {
      const series = seriesName(counter, labels);
      values.set(series, (values.get(series) ?? 0) + by);
    },
    text(uptimeS) {
      const lines = Object.entries(counters).flatMap(([name, help]) => [
        `# HELP ${name} ${help}`,
        `# TYPE ${name} counter`,
        ...[...values].filter(([series]) => series.split('{')[0] === name).map((s) => s.join(' ')),
      ]);
      lines.push('# HELP kakou_uptime_seconds Seconds since the hub started');
      lines.push('# TYPE kakou_uptime_seconds gauge', `kakou_uptime_seconds ${uptimeS}`);
      return `${lines.join('\n')}\n`;
    },
  };
}

function seriesName(counter: Counter, labels: Labels): string {
  const pairs = Object.entries(labels).map(
    ([label, value]) => `${label}="${String(value).replaceAll(/[\\"\n]/g, '_')}"`,
  );
  return pairs.length === 0 ? counter : `${counter}{${pairs.join(',')}}`;
}
