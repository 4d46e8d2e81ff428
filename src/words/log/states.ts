import type { VerdictState } from '../../core/verify/verdict.ts';

export type StateWords = Readonly<Record<`state.${VerdictState}`, string>>;

/** The four verdicts. */
export const enStates = {
  'state.pass': 'Pass',
  'state.check': 'Check',
  'state.stop': 'Stop',
  'state.unknown': "Can't verify",
} as const satisfies StateWords;
export const zhCnStates = {
  'state.pass': '通行',
  'state.check': '核对',
  'state.stop': '拦截',
  'state.unknown': '无法核验',
} as const satisfies StateWords;
export const zhTwStates = {
  'state.pass': '通行',
  'state.check': '核對',
  'state.stop': '禁止通行',
  'state.unknown': '無法查驗',
} as const satisfies StateWords;
