import type { LocalizedText } from '../../core/terms.ts';
import type { IssuerEntry } from '../../core/trust/bundle.ts';

/** How an issuer's codes look and what they mean: what a new issuer of that kind begins with. */
export type Scheme = Pick<IssuerEntry, 'states' | 'notices' | 'name'> & {
  /** The issuer that the scheme is taken from. */
  readonly issuer: string;
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

/** Colour schemes to begin with; `authority.json` may be edited afterwards. */
export const schemes = {
  tianjin: {
    issuer: 'CN-TJ',
    name: words('天津健康码', '天津健康碼', 'Tianjin Health Code'),
    states: { g: green, o: orange, r: red },
    notices: {},
  },
  hebei: {
    issuer: 'CN-HE',
    name: words('河北健康码', '河北健康碼', 'Hebei Health Code'),
    states: { g: green, y: yellow, r: red },
    notices: {},
  },
  national: {
    issuer: 'CN',
    name: words('国家防疫健康信息码', '國家防疫健康資訊碼', 'National Health Information Code'),
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
  },
} as const satisfies Record<string, Scheme>;
