// @vitest-environment happy-dom
import { act, fireEvent, render, screen } from '@testing-library/react';
import type { ReactNode } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { Citizen } from '../../../src/citizen/app/citizen.ts';
import { sliceOf } from '../../../src/citizen/app/slice-of.ts';
import type { CitizenStore } from '../../../src/citizen/app/store.ts';
import { createVenues } from '../../../src/citizen/app/venues/venues-actions.ts';
import { noVenues } from '../../../src/citizen/app/venues/venues-state.ts';
import {
  type Found,
  type NoEntry,
  noVisits,
} from '../../../src/citizen/app/visits/visits-state.ts';
import { CitizenContext } from '../../../src/citizen/ui/use-citizen.ts';
import { VenuesPage } from '../../../src/citizen/ui/venues/venues-page.tsx';
import { FoundCard } from '../../../src/citizen/ui/visits/found-card.tsx';
import { VisitsPage } from '../../../src/citizen/ui/visits/visits-page.tsx';
import type { OwnApplication, VenueApplication } from '../../../src/core/place/application.ts';
import { ok } from '../../../src/core/result.ts';
import type { Language } from '../../../src/core/terms.ts';
import { epochSeconds } from '../../../src/core/units.ts';

const relative = { id: 'c1', kind: 'child', addedAt: 1, name: '李*花', number: '12…05' };

function world(language: Language, over: object = {}, own: readonly OwnApplication[] = []) {
  const districts = [
    { code: '120103', name: { 'zh-CN': '河西区', 'zh-TW': '河西區', en: 'Hexi' } },
  ];
  const store = createStore(() => ({
    ...{ settings: { language, isNameHidden: false }, session: { phase: 'signed-in' } },
    ...{ relatives: { relatives: [relative] }, code: { kept: [], whose: '' } },
    ...{ visits: noVisits, venues: noVenues, declare: { districts }, ...over },
  })) as unknown as CitizenStore;
  const asked: VenueApplication[] = [];
  const venues = createVenues(sliceOf(store, 'venues'), {
    venueApplications: async () => ok({ applications: own }),
    async applyForVenue(venue) {
      asked.push(venue);
      return ok({});
    },
  });
  const never = vi.fn();
  const visits = {
    ...{ bring: vi.fn(), enter: vi.fn(async () => undefined), putAway: never },
    ...{ send: vi.fn(async () => undefined), refresh: vi.fn(async () => undefined) },
  };
  const declare = { knowDistricts: async () => undefined };
  const citizen = { store, venues, visits, declare } as unknown as Citizen;
  const show = (page: ReactNode) => render(<CitizenContext value={citizen}>{page}</CitizenContext>);
  return { ...{ show, asked, visits, store } };
}

const refused: readonly (readonly [NoEntry, string, string])[] = [
  ['bad-signature', '假的或损坏的场所码', '告诉工作人员'],
  ['malformed', '假的或损坏的场所码', '告诉工作人员'],
  ['unknown-issuer', '不认识这个签发方', '请联网再扫一次'],
  ['unknown-key', '不认识这个签发方', '请联网再扫一次'],
  ['expired', '场所码已过期', '换上新的场所码'],
  ['revoked', '场所码已停用', '请扫新的'],
  ['suspended', '场所码已停用', '请扫新的'],
  ['issuer-retired', '场所码已停用', '请扫新的'],
  ['issuer-suspended', '场所码已停用', '请扫新的'],
  ['not-yet-valid', '场所码还没有生效', '稍后再扫'],
  ['trust-missing', '现在无法核对', '原有方式'],
  ['trust-expired', '现在无法核对', '原有方式'],
  ['app-outdated', '现在无法核对', '原有方式'],
  ['clock-untrusted', '现在无法核对', '原有方式'],
  ['list-too-old', '现在无法核对', '原有方式'],
  ['not-a-poster', '不是场所码', '门口海报'],
  ['other-host', '链接通向别处', '不要用别的软件打开'],
  ['cut', '链接不完整', '再扫一次'],
];

describe('what a poster is', () => {
  it.each(refused)(
    '%s is told in plain words with what to do, and offers no way in',
    (why, title, next) => {
      const { show } = world('zh-CN');
      show(<FoundCard found={{ isGood: false, why, otherHost: 'code.examp1e.com' }} />);
      expect(screen.getByRole('heading').textContent).toContain(title);
      expect(screen.getByRole('alert').textContent).toContain(next);
      expect(screen.getByText(/code\.examp1e\.com/).textContent).toContain('没有打开');
      expect(screen.queryByRole('button', { name: '确认进入' })).toBeNull();
      expect(screen.queryByRole('link')).toBeNull();
    },
  );

  it.each(['zh-TW', 'en'] as const)('is told in %s too', (language) => {
    const titles = new Set(
      refused.map(([why]) => {
        const view = world(language).show(<FoundCard found={{ isGood: false, why }} />);
        const title = view.getByRole('heading').textContent;
        view.unmount();
        return title;
      }),
    );
    expect(titles.size).toBe(new Set(refused.map(([, title]) => title)).size);
    expect([...titles].join()).not.toMatch(/visits\./);
  });

  it('genuine, it shows the place, brings relatives by tick, and enters when that is confirmed', async () => {
    const { show, visits } = world('zh-CN');
    const code = { name: '天津图书馆南门', venue: 'mall', place: 'demo-gate' };
    show(<FoundCard found={{ isGood: true, code, fragment: 'x' } as unknown as Found} />);
    expect(screen.getByRole('heading', { name: '天津图书馆南门' })).toBeTruthy();
    fireEvent.click(screen.getByRole('checkbox', { name: '李*花' }));
    expect(visits.bring).toHaveBeenCalledWith(['c1']);
    expect(visits.enter).not.toHaveBeenCalled();
    fireEvent.click(screen.getByRole('button', { name: '确认进入' }));
    expect(visits.enter).toHaveBeenCalledOnce();
  });
});

it('places visited: what waits, what was not taken and why, and what the service has', async () => {
  const at = epochSeconds(1_780_000_000);
  const waiting = [{ id: 'w', place: '医院', at, relatives: ['c1'], code: '', owner: 'me' }];
  const { show } = world('zh-CN', {
    visits: {
      ...{ ...noVisits, waiting, leftOut: 1, refused: [{ place: '车站', at, why: 'too-old' }] },
      seen: [{ id: 's', place: '图书馆', at, with: 0 }],
    },
  });
  await act(async () => show(<VisitsPage />));
  const text = document.body.textContent ?? '';
  for (const said of ['等待上传', '医院', '家人 1 人', '没有登记上', '已超过 21 天', '图书馆'])
    expect(text).toContain(said);
});

it('a venue code is applied for by a form that says what is missing', async () => {
  const { show, asked } = world('zh-CN');
  await act(async () => show(<VenuesPage />));
  const send = () =>
    act(async () => fireEvent.click(screen.getByRole('button', { name: '提交申请' })));
  await send();
  expect(screen.getByText('请填写名称。')).toBeTruthy();
  expect(document.activeElement).toBe(screen.getByLabelText('场所名称'));
  fireEvent.change(screen.getByLabelText('场所名称'), { target: { value: '河西图书馆' } });
  fireEvent.change(screen.getByLabelText('场所类型'), { target: { value: 'other' } });
  fireEvent.change(screen.getByLabelText('所在区'), { target: { value: '120103' } });
  await send();
  expect(asked).toEqual([{ name: '河西图书馆', venue: 'other', district: '120103' }]);
  expect(screen.getByText(/申请已提交/)).toBeTruthy();
});

it('only a code that is good has its poster, with the name that was granted and the place’s or the issuer’s hotline', async () => {
  const issuer = { name: { 'zh-CN': '天津健康码', 'zh-TW': '天津健康碼', en: 'Tianjin' } };
  const session = { phase: 'signed-in', self: { issuer: { ...issuer, hotline: '88908890' } } };
  const base = { venue: 'other', at: 1, state: 'granted' } as const;
  const place = { place: 'library-south', name: '天津图书馆南门' };
  const text = 'https://code.example/v#AA';
  const own: OwnApplication[] = [
    { ...base, id: '1', name: '图书馆', code: { state: 'valid', exp: 2e9, text, place } },
    { ...base, id: '2', name: '旧门', code: { state: 'revoked', exp: 2e9 } },
    { ...base, id: '3', name: '老门', code: { state: 'expired', exp: 1 } },
    { ...base, id: '4', name: '新门', state: 'asked' },
  ];
  const { show } = world('zh-TW', { session }, own);
  await act(async () => show(<VenuesPage />));
  expect(screen.getAllByRole('button', { name: /的海報$/ })).toHaveLength(1);
  await act(async () =>
    fireEvent.click(screen.getByRole('button', { name: '天津图书馆南门的海報' })),
  );
  const paper = document.querySelector('body > section')?.textContent ?? '';
  for (const said of [
    '場所碼',
    'Venue code',
    '天津图书馆南门',
    '88908890',
    '天津健康碼',
    '2033-05-18',
  ])
    expect(paper).toContain(said);
  expect(paper).not.toContain(text);
  await act(async () => fireEvent.click(screen.getByRole('button', { name: '返回' })));
  expect(document.querySelector('body > section')).toBeNull();
});
