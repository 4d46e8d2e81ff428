import { schemes } from '../authority/ceremony/schemes.ts';
import type { ColourRule, RuleSet } from '../core/health/colour-rules.ts';

const dayS = 86_400;
const words = (cn: string, tw: string, en: string) => ({ 'zh-CN': cn, 'zh-TW': tw, en });
const days = (count: number, from: string) => ({ '+': [{ var: from }, count * dayS] });
const isKind = (kind: string) => ({ '==': [{ var: 'fact.kind' }, kind] });
const wasIn = (risk: string) => ({
  some: [{ var: 'declaration.travel' }, { '==': [{ var: 'risk' }, risk] }],
});

type Kind = Omit<ColourRule, 'gives'>;

/** The order of a doctor or the authority, and a positive test: at once, for as long as it says. */
const strict: readonly Kind[] = [
  {
    ...{ id: 'order', on: 'fact', class: 'order', urgent: true, when: isKind('order') },
    label: words('医学观察或隔离令', '醫學觀察或隔離令', 'An order to isolate'),
  },
  {
    ...{ id: 'positive', on: 'fact', class: 'test', urgent: true },
    when: { and: [isKind('test'), { '==': [{ var: 'fact.value' }, 'positive'] }] },
    until: days(14, 'fact.at'),
    label: words('检测阳性', '檢測陽性', 'A positive test'),
  },
];

/** What a person says of themselves, and who they were with. */
const watchful: readonly Kind[] = [
  {
    ...{ id: 'contact', on: 'fact', class: 'contact', when: isKind('contact') },
    until: days(14, 'fact.at'),
    label: words('密切接触者', '密切接觸者', 'Close contact of a case'),
  },
  {
    ...{ id: 'symptoms', on: 'declaration', class: 'symptoms' },
    when: { '>': [{ count: [{ var: 'declaration.symptoms' }, true] }, 0] },
    until: days(14, 'declaration.at'),
    label: words('申报有症状', '申報有症狀', 'Symptoms declared'),
  },
  {
    ...{ id: 'said-contact', on: 'declaration', class: 'contact' },
    when: { var: 'declaration.contact' },
    until: days(14, 'declaration.at'),
    label: words('申报有接触史', '申報有接觸史', 'Contact declared'),
  },
  {
    ...{ id: 'travel', on: 'declaration', class: 'travel' },
    when: { or: [wasIn('high'), wasIn('medium')] },
    until: days(14, 'declaration.at'),
    label: words('14 天内到过中高风险地区', '14 天內到過中高風險地區', 'In a place at risk'),
  },
];

const notices = schemes.national.notices;
const national: readonly ColourRule[] = [
  ['medium', 'a1', wasIn('medium'), notices.a1.label],
  ['high', 'a2', wasIn('high'), notices.a2.label],
  ['entry', 'a3', { var: 'declaration.abroad' }, notices.a3.label],
].map(([id, notice, when, label]) => ({
  ...{ id: String(id), on: 'declaration', class: id === 'entry' ? 'entry' : 'travel', when },
  ...{ until: days(14, 'declaration.at'), gives: { notice: String(notice) } },
  label: label as ColourRule['label'],
}));

const coloured = (issuer: string, middle: string): RuleSet => ({
  ...{ format: 'kakou-rules-1', issuer, states: ['g', middle, 'r'] },
  rules: [
    ...strict.map((rule) => ({ ...rule, gives: { state: 'r' } })),
    ...watchful.map((rule) => ({ ...rule, gives: { state: middle } })),
  ],
});

/** Rules to try with, made after the cities' notices. A real authority writes its own. */
export const demoHealthRules: Readonly<Record<'CN-TJ' | 'CN-HE' | 'CN', RuleSet>> = {
  'CN-TJ': coloured('CN-TJ', 'o'),
  'CN-HE': coloured('CN-HE', 'y'),
  CN: { format: 'kakou-rules-1', issuer: 'CN', states: ['n'], rules: [...national] },
};
