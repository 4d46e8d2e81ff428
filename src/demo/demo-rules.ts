import type { Bundle } from '../core/trust/bundle.ts';

export const demoGates: NonNullable<Bundle['gates']> = [
  {
    id: 'demo-gate',
    name: { 'zh-CN': 'Kakou 演示关卡', 'zh-TW': 'Kakou 示範關卡', en: 'Kakou demo gate' },
    venue: 'residential',
    region: 'CN-TJ',
  },
];
