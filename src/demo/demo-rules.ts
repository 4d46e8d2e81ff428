import type { Bundle } from '../core/trust/bundle.ts';

export const demoGates: NonNullable<Bundle['gates']> = [
  {
    id: 'demo-gate',
    name: { 'zh-CN': 'Kakou 演示卡口', 'zh-TW': 'Kakou 示範檢查站', en: 'Kakou demo gate' },
    venue: 'residential',
    region: 'CN-TJ',
  },
  // a code bound to it is named at the other
  {
    id: 'demo-east',
    name: { 'zh-CN': '演示小区东门', 'zh-TW': '示範社區東門', en: 'Demo east gate' },
    venue: 'residential',
    region: 'CN-TJ',
  },
];
