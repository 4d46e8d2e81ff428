import type { Bundle } from '../core/trust/bundle.ts';

type Named = readonly [code: string, cn: string, tw: string, en: string];

const medium: readonly Named[] = [
  ['120101', '和平区', '和平區', 'Heping District'],
  ['120102', '河东区', '河東區', 'Hedong District'],
  ['120103', '河西区', '河西區', 'Hexi District'],
  ['120104', '南开区', '南開區', 'Nankai District'],
  ['120105', '河北区', '河北區', 'Hebei District'],
  ['120106', '红桥区', '紅橋區', 'Hongqiao District'],
  ['120115', '宝坻区', '寶坻區', 'Baodi District'],
];

const low: readonly Named[] = [
  ['120110', '东丽区', '東麗區', 'Dongli District'],
  ['120111', '西青区', '西青區', 'Xiqing District'],
  ['120112', '津南区', '津南區', 'Jinnan District'],
  ['120113', '北辰区', '北辰區', 'Beichen District'],
  ['120114', '武清区', '武清區', 'Wuqing District'],
  ['120116', '滨海新区', '濱海新區', 'Binhai New Area'],
  ['120117', '宁河区', '寧河區', 'Ninghe District'],
  ['120118', '静海区', '靜海區', 'Jinghai District'],
  ['120119', '蓟州区', '薊州區', 'Jizhou District'],
];

const since = '2020-03-07';

/** Tianjin's first list of district risks, by code of GB/T 2260: protocol 3.4. */
export const demoDistricts: NonNullable<Bundle['districts']> = (
  [
    ['medium', medium],
    ['low', low],
  ] as const
).flatMap(([risk, named]) =>
  named.map(([code, cn, tw, en]) => ({
    code,
    name: { 'zh-CN': cn, 'zh-TW': tw, en },
    risk,
    since,
  })),
);
