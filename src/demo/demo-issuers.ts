import { schemes } from '../authority/ceremony/schemes.ts';
import type { Statuses } from '../authority/lists/status-list.ts';
import type { IssuerEntry, ListPin } from '../core/trust/bundle.ts';

/** What an issuer is, without its keys and list pins: those are added when a bundle is signed. */
export type DemoIssuer = Omit<IssuerEntry, 'keys' | 'list'> & {
  readonly list?: Pick<ListPin, 'bits' | 'size'> & {
    readonly statuses: Statuses;
    /** Changed since the day's full list: published as the delta. */
    readonly changes: Statuses;
  };
};

const { tianjin, hebei, national } = schemes;

const size = 131_072;

/**
 * Made-up issuers that work like the real schemes they are named after. The self-made codes of Baoding
 * and of companies ended on one day: who still shows one is told which code to show instead.
 */
export const demoIssuers: readonly DemoIssuer[] = [
  {
    id: 'CN-TJ',
    name: tianjin.name,
    state: 'active',
    hotline: '88908890',
    states: tianjin.states,
    notices: tianjin.notices,
    list: { bits: 1, size, statuses: { 7: 1, 1024: 1, 131071: 1 }, changes: { 11: 1, 70011: 1 } },
  },
  {
    id: 'CN-HE',
    name: hebei.name,
    state: 'active',
    hotline: '12345',
    states: hebei.states,
    notices: hebei.notices,
    list: { bits: 2, size, statuses: { 7: 1, 9: 2, 10: 2 }, changes: { 10: 0, 11: 1, 12: 2 } },
  },
  {
    id: 'CN',
    name: national.name,
    state: 'active',
    hotline: '12345',
    states: national.states,
    notices: national.notices,
    list: { bits: 1, size, statuses: { 7: 1 }, changes: {} },
  },
  {
    id: 'CN-OLD',
    name: {
      'zh-CN': '海河企业自制码',
      'zh-TW': '海河企業自製碼',
      en: 'Haihe company code',
    },
    state: 'retired',
    retiredOn: '2020-05-01',
    states: { g: tianjin.states.g },
    notices: {},
  },
  {
    id: 'CN-BD',
    name: { 'zh-CN': '保定健康码', 'zh-TW': '保定健康碼', en: 'Baoding Health Code' },
    state: 'retired',
    retiredOn: '2020-05-01',
    states: hebei.states,
    notices: {},
  },
];

export const demoIssuer = (id: string): DemoIssuer | undefined =>
  demoIssuers.find((issuer) => issuer.id === id);
