import type { Statuses } from '../authority/lists/status-list.ts';
import type { LocalizedText } from '../core/terms.ts';
import type { IssuerEntry, ListPin } from '../core/trust/bundle.ts';

/** What an issuer is, without its keys and list pins: those are added when a bundle is signed. */
export type DemoIssuer = Omit<IssuerEntry, 'keys' | 'list'> & {
  readonly list?: Pick<ListPin, 'bits' | 'size'> & {
    readonly statuses: Statuses;
    /** Changed since the day's full list: published as the delta. */
    readonly changes: Statuses;
  };
};

const words = (cn: string, tw: string, en: string): LocalizedText => ({
  'zh-CN': cn,
  'zh-TW': tw,
  en,
});

const green = { level: 'clear', colour: 'green', label: words('绿码', '綠碼', 'Green') } as const;
const orange = {
  level: 'caution',
  colour: 'orange',
  label: words('橙码', '橙碼', 'Orange'),
} as const;
const yellow = {
  level: 'caution',
  colour: 'yellow',
  label: words('黄码', '黃碼', 'Yellow'),
} as const;
const red = { level: 'stop', colour: 'red', label: words('红码', '紅碼', 'Red') } as const;

const size = 131_072;

/** Four made-up issuers that work like the real schemes they are named after. */
export const demoIssuers: readonly DemoIssuer[] = [
  {
    id: 'CN-TJ',
    name: words('天津健康码', '天津健康碼', 'Tianjin Health Code'),
    state: 'active',
    hotline: '022-12345',
    states: { g: green, o: orange, r: red },
    notices: {},
    list: { bits: 1, size, statuses: { 7: 1, 1024: 1, 131071: 1 }, changes: { 11: 1, 70011: 1 } },
  },
  {
    id: 'CN-HE',
    name: words('河北健康码', '河北健康碼', 'Hebei Health Code'),
    state: 'active',
    hotline: '0311-12345',
    states: { g: green, y: yellow, r: red },
    notices: {},
    list: { bits: 2, size, statuses: { 7: 1, 9: 2, 10: 2 }, changes: { 10: 0, 11: 1, 12: 2 } },
  },
  {
    id: 'CN',
    name: words('国家防疫健康信息码', '國家防疫健康資訊碼', 'National Health Information Code'),
    state: 'active',
    hotline: '12345',
    states: {
      n: {
        level: 'clear',
        colour: 'none',
        label: words('未见异常', '未見異常', 'Nothing abnormal'),
      },
    },
    notices: {
      a1: {
        label: words(
          '14 天内到过中风险地区',
          '14 天內到過中風險地區',
          'In a medium-risk area within 14 days',
        ),
      },
      a2: {
        label: words(
          '14 天内到过高风险地区',
          '14 天內到過高風險地區',
          'In a high-risk area within 14 days',
        ),
      },
      a3: {
        label: words('入境未满 14 天', '入境未滿 14 天', 'Entered the country within 14 days'),
      },
    },
    list: { bits: 1, size, statuses: { 7: 1 }, changes: {} },
  },
  {
    id: 'CN-OLD',
    name: words('海河企业自制码', '海河企業自製碼', 'Haihe company code'),
    state: 'retired',
    retiredOn: '2021-03-01',
    states: { g: green },
    notices: {},
  },
];

export const demoIssuer = (id: string): DemoIssuer | undefined =>
  demoIssuers.find((issuer) => issuer.id === id);
