import type { Bundle } from '../core/trust/bundle.ts';

export const demoGates: NonNullable<Bundle['gates']> = [
  {
    id: 'demo-gate',
    name: { 'zh-CN': 'Kakou 演示卡口', 'zh-TW': 'Kakou 示範檢查站', en: 'Kakou demo gate' },
    venue: 'residential',
    region: 'CN-TJ',
  },
];
