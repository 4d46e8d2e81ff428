import type { DocumentType } from '../../core/health/documents.ts';
import { shanghaiTime } from '../../core/health/shanghai.ts';
import { csvText } from '../../core/table/csv.ts';
import type { Visit } from './visits.ts';

/** Who reads it may be of another office than who takes it out, so both languages stand in it. */
const heads = [
  '时间 Time',
  '姓名 Name',
  '证件 Document',
  '证件号码 Number',
  '同行 With them',
  '收到 Received',
] as const;

const documents: Readonly<Record<DocumentType, string>> = {
  'resident-id': '居民身份证 Resident ID',
  'residence-permit': '港澳台居民居住证 Residence permit',
  'hk-macao-permit': '港澳居民来往内地通行证 HK/Macao permit',
  'taiwan-permit': '台湾居民来往大陆通行证 Taiwan permit',
  'permanent-residence': '外国人永久居留身份证 Permanent residence (2023)',
  'permanent-residence-2017': '外国人永久居留身份证 Permanent residence (2017)',
  passport: '护照 Passport',
};

const wall = (seconds: number): string => shanghaiTime(seconds * 1000);

/**
 * The people of a place as CSV (RFC 4180) for an investigation, one line a visit. A name that a spreadsheet
 * would take for a formula, and a number it would round, have an apostrophe in front: protocol 9.
 */
export function visitsCsv(visits: readonly Visit[]): string {
  const lines = visits.map(({ at, received, withCount, identity }) => [
    wall(at),
    csvText(identity.name),
    csvText(documents[identity.type]),
    csvText(identity.number),
    String(withCount),
    wall(received),
  ]);
  return `\uFEFF${[heads, ...lines].map((line) => `${line.join(',')}\r\n`).join('')}`;
}
