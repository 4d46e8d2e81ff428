import type { EntryBody } from '../../src/core/log/entry.ts';
import { chainedLog } from './chained-log.ts';
import { testKey } from './log-entries.ts';
import { batchOf, enrolToken } from './test-hub.ts';

const guards = [
  '王芳',
  '李强',
  '张伟',
  '刘洋',
  '陈静',
  '杨帆',
  '赵磊',
  '黄敏',
  '周杰',
  '吴刚',
  '徐丽',
  '孙浩',
];

/** What a guard's morning is like: people of every kind, and what became of them; the last code was seen next door too. */
function morning(operator: string, people: number, last: string): EntryBody[] {
  const scan = (i: number, change: object = {}) =>
    ({
      ...{ type: 'scan', method: 'camera', state: 'pass', reason: 'admitted', kind: 'live' },
      ...{ iss: i % 3 === 0 ? 'CN-HE' : 'CN-TJ', st: 'g', ageS: 4, bundle: 7, list: 3 },
      jti: `${operator.charCodeAt(0)}x${i}`.padEnd(16, 'A'),
      ...change,
    }) as EntryBody;
  const bodies: EntryBody[] = [{ type: 'shift-start', operator }];
  for (let i = 0; i < people; i++) {
    const ref = bodies.length + 1;
    if (i === people - 1) bodies.push(scan(i, { jti: last.padEnd(16, 'A'), iss: 'CN-TJ' }));
    else if (i % 20 === 7) bodies.push(scan(i, { state: 'stop', reason: 'colour-stop', st: 'r' }));
    else if (i % 20 === 11) {
      bodies.push(scan(i, { state: 'check', reason: 'notice' }));
      const outcome = i % 40 === 11 ? 'refused' : 'admitted';
      const said = { outcome, by: 'guard', ...(outcome === 'refused' && { why: 'no-document' }) };
      bodies.push({
        type: 'decision',
        ref,
        state: 'check',
        reason: 'notice',
        ...said,
      } as EntryBody);
    } else if (i % 20 === 13) bodies.push(scan(i, { state: 'unknown', reason: 'stale' }));
    else if (i % 20 === 17) bodies.push({ type: 'manual', category: 'elder', admitted: true });
    else bodies.push(scan(i));
  }
  return bodies;
}

/** At how many people each guard's shift stands. */
export const peopleOfGuard = (i: number): number => 40 + 5 * i;

/** Twelve gates of one site, a phone at each, and a morning's entries of each; all by the hub's own doors. */
export async function twelveGuards(hub: string, now: number): Promise<void> {
  const post = (path: string, body: object | string, method = 'POST', cookie = '') =>
    fetch(new URL(path, hub), {
      ...{ method, body: typeof body === 'string' ? body : JSON.stringify(body) },
      headers: { origin: hub.replace(/\/$/, ''), cookie },
    });
  const session = await post('/demo/console-session', {});
  const cookie = session.headers.get('set-cookie')?.split(';')[0] ?? '';
  const api = async (method: string, path: string, body: object) => {
    const answer = await post(`/console/api${path}`, body, method, cookie);
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  };
  const site = { id: 'haihe', name: '海河小区', region: 'CN-TJ', zones: [] };
  await api('PUT', '/sites/haihe', { version: 0, site });
  const gates = guards.map((_, i) => `haihe-${i + 1}`);
  for (const [i, id] of gates.entries()) {
    const place = { venue: 'residential', region: 'CN-TJ', site: 'haihe', direction: 'in' };
    await api('POST', '/gates', { id, name: `海河小区 ${i + 1} 号门`, ...place });
  }
  const { codes } = (await api('POST', '/codes', { gates, paper: true })) as {
    codes: { gate: string; link: string }[];
  };
  for (const [i, operator] of guards.entries()) {
    const gate = gates[i] ?? '';
    const link = codes.find((one) => one.gate === gate)?.link ?? '';
    const code = new URLSearchParams(link.slice(link.indexOf('#') + 1)).get('code') ?? '';
    const key = await testKey();
    const enrolled = await post('/v1/devices', await enrolToken(code, key));
    const { device } = (await enrolled.json()) as { device: string };
    const bodies = morning(operator, peopleOfGuard(i), `pair${Math.floor(i / 2)}`);
    const from = now - bodies.length * 20_000;
    const entries = await chainedLog(bodies, {
      device,
      gate,
      shift: `shift-${i}`,
      from,
      stepMs: 20_000,
    });
    const answer = await post('/v1/scans', await batchOf({ id: device, key }, entries));
    if (!answer.ok) throw new Error(`upload: ${answer.status}`);
  }
}
