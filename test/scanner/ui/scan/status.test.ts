import { describe, expect, it } from 'vitest';
import { epochMillis } from '../../../../src/core/units.ts';
import type { AppState } from '../../../../src/scanner/app/state.ts';
import type { Reach } from '../../../../src/scanner/app/sync/sync-state.ts';
import { notesOf } from '../../../../src/scanner/ui/scan/status.ts';
import { wordsOf } from '../../../../src/scanner/ui/use-ui.ts';

const hour = 3_600_000;
const now = new Date(2026, 10, 22, 9, 30).getTime();
const at = (ms: number) => epochMillis(now + ms);
const fresh = { bundle: 1, iat: at(-2 * hour), exp: at(71 * hour), listAt: at(-hour) };

const calm = {
  reach: 'online',
  recalled: true,
  trust: fresh,
  trustBehind: undefined,
  clock: 'synced',
  clockSkewS: undefined,
  sync: { unsynced: 0, busy: false },
} as const;
const notes = (
  change: Partial<
    Pick<AppState, 'trust' | 'trustBehind' | 'clock' | 'clockSkewS' | 'sync'> & {
      reach: Reach;
      recalled: undefined;
    }
  >,
) =>
  notesOf({ ...calm, ...change }, now, wordsOf('zh-CN')).map(
    ({ tone, text }) => `${tone}: ${text}`,
  );

describe('the status line', () => {
  it('is calm when all is well', () => {
    expect(notes({})).toEqual(['calm: 核验数据 2小时前更新', 'calm: 已全部上传']);
  });

  it('warns of nothing before the disk was read: what is not known yet is not missing', () => {
    const unread = { trust: {}, clock: 'unconfirmed' } as const;
    expect(notes({ ...unread, recalled: undefined })).toEqual(['calm: 正在启动…']);
    expect(notes(unread)).toContain('red: 没有核验数据，请联网');
  });

  it('counts what is not uploaded', () => {
    expect(notes({ sync: { unsynced: 12, busy: false } })).toContain('calm: 12 条待上传');
  });

  it('says by when to connect from 24 hours before the checking data ends', () => {
    expect(notes({ trust: { ...fresh, exp: at(5 * hour) } })).toContain(
      'amber: 请在今天 14:30 前联网',
    );
    expect(notes({ trust: { ...fresh, exp: at(24 * hour) } })).toContain(
      'amber: 请在明天 09:30 前联网',
    );
    expect(notes({ trust: { ...fresh, exp: at(24 * hour + 1) } })).not.toContainEqual(
      expect.stringMatching(/前联网/),
    );
  });

  it('turns red once the checking data is over or was never there', () => {
    expect(notes({ trust: { ...fresh, exp: at(0) } })[0]).toBe('red: 核验数据已过期，请联网');
    expect(notes({ trust: {} })[0]).toBe('red: 没有核验数据，请联网');
  });

  it('shows a revocation list older than 24 hours in amber', () => {
    expect(notes({ trust: { ...fresh, listAt: at(-24 * hour) } })).toHaveLength(2);
    expect(notes({ trust: { ...fresh, listAt: at(-25 * hour) } })[0]).toBe(
      'amber: 作废名单是 25小时前的',
    );
  });

  it('turns amber as soon as the hub names newer data than this phone could get', () => {
    expect(notes({ trustBehind: true })[0]).toBe('amber: 核验数据不是最新，请换个网络');
  });

  it('says what to do where there is a network and no hub, and nothing where there is none', () => {
    expect(notes({ reach: 'no-answer' })[0]).toBe('amber: 照常扫，换个网络试试');
    expect(notes({ reach: 'server' })[0]).toBe('amber: 照常扫，管理平台有故障');
    expect(notes({ reach: 'not-the-hub' })[0]).toBe('amber: 请先登录这个网络');
    expect(notes({ reach: 'refused' })[0]).toBe('amber: 照常扫，请找管理员');
    expect(notes({ reach: 'offline' })).toEqual(notes({}));
  });

  it('does not say to keep scanning where nothing can be decided', () => {
    const stuck = notes({ reach: 'no-answer', trust: {} });
    expect(stuck.join()).not.toContain('照常扫');
    expect(stuck).toEqual(notes({ trust: {} }));
    expect(notes({ reach: 'not-the-hub', trust: {} })).toContain('amber: 请先登录这个网络');
  });

  it('says by how much the passes contradict the clock', () => {
    expect(notes({ clockSkewS: 88 })[0]).toMatch(/^red: .*88/);
  });

  it('speaks of the clock only when it is not synced, the worst first', () => {
    expect(notes({ clock: 'bad' })[0]).toBe('red: 时间不对，请联网校时');
    expect(notes({ clock: 'unconfirmed' })[0]).toBe('amber: 时间待确认，请联网');
    expect(notes({ clock: 'held' })).toContain('calm: 时间很久没有校准');
  });
});
