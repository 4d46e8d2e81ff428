import { describe, expect, it } from 'vitest';
import { createMetrics } from '../../../src/hub/http/metrics.ts';

describe('the metrics', () => {
  it('add up per label set and read as Prometheus text', () => {
    const metrics = createMetrics();
    metrics.count('kakou_alarms_total', { reason: 'fork' });
    metrics.count('kakou_alarms_total', { reason: 'fork' }, 2);
    metrics.count('kakou_alarms_total', { reason: 'hash' });
    const lines = metrics.text(1.5).split('\n');
    expect(lines).toContain('# TYPE kakou_alarms_total counter');
    expect(lines).toContain('kakou_alarms_total{reason="fork"} 3');
    expect(lines).toContain('kakou_alarms_total{reason="hash"} 1');
    expect(lines).toContain('kakou_uptime_seconds 1.5');
  });

  it('let no label break out of its quotes', () => {
    const metrics = createMetrics();
    metrics.count('kakou_requests_total', { method: 'A"\n\\B' });
    expect(metrics.text(0)).toContain('kakou_requests_total{method="A___B"} 1');
  });
});
