import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import {
  type Case,
  type ColourRule,
  isWorse,
  judge,
  type RuleSet,
  ruleSet,
} from '../../../src/core/health/colour-rules.ts';
import { bounds, evaluate, operatorNames } from '../../../src/core/health/expression.ts';
import { epochSeconds } from '../../../src/core/units.ts';

const now = epochSeconds(1_646_121_600);
const day = 86_400;
const label = { 'zh-CN': '规则', 'zh-TW': '規則', en: 'A rule' };
const rule = (over: Partial<ColourRule>): ColourRule => ({
  ...{ id: 'a-rule', on: 'person', when: true, gives: { state: 'r' }, class: 'other', label },
  ...over,
});
const set = (...rules: ColourRule[]): RuleSet => ({
  ...{ format: 'kakou-rules-1', issuer: 'CN-TJ', states: ['g', 'o', 'r'] },
  rules,
});
const fact = (id: string, over: object = {}) => ({
  ...{ id, source: 'cdc', kind: 'contact', value: null, district: null, at: now - day },
  until: null,
  ...over,
});
const person: Case = {
  ...{ type: 'resident-id', age: 40, facts: [] },
  declaration: {
    ...{ at: now - 60, district: '120101', risk: 'low', symptoms: [], contact: false },
    ...{ abroad: false, travel: [] },
  },
};

describe('an expression', () => {
  it.each<[string, unknown, unknown]>([
    ['a path', { var: 'a.b' }, 2],
    ['a path that is not there', { var: 'a.c.d' }, null],
    ['a path through a prototype', { var: 'a.constructor' }, null],
    ['a chain of comparisons', { '<': [1, 2, 3] }, true],
    ['and, or, not', { and: [{ or: [false, true] }, { '!': [false] }] }, true],
    ['some of a list', { some: [{ var: 'list' }, { '>': [{ var: '' }, 2] }] }, true],
    ['none of a list', { none: [{ var: 'list' }, { '>': [{ var: '' }, 3] }] }, true],
    ['a count', { count: [{ var: 'list' }, { '>=': [{ var: '' }, 2] }] }, 2],
    ['sums', { '+': [1, { '*': [2, 3] }, { '-': [5, 4] }] }, 8],
    ['what is in a list', { in: ['x', ['x', 'y']] }, true],
    ['a choice', { if: [{ '==': [1, 1] }, 'a', 'b'] }, 'a'],
  ])('works out %s', (_, expression, value) => {
    expect(evaluate(expression, { a: { b: 2 }, list: [1, 2, 3] })).toEqual({ ok: true, value });
  });

  it('knows a problem for all that is odd, and throws for nothing', () => {
    const problem = (expression: unknown) => evaluate(expression, { many: Array(200).fill(1) });
    const nested = (depth: number): unknown => (depth === 0 ? true : { '!': [nested(depth - 1)] });
    const loop = { some: [{ var: 'many' }, { '==': [1, 2] }] };
    expect(problem({ log: ['x'] })).toEqual({ ok: false, error: 'operator' });
    expect(problem({ '==': [1, 1], '!=': [1, 1] })).toEqual({ ok: false, error: 'operator' });
    expect(problem({ '<': [null, 1] })).toEqual({ ok: false, error: 'type' });
    expect(problem({ and: [1] })).toEqual({ ok: false, error: 'type' });
    expect(problem(nested(bounds.depth + 2))).toEqual({ ok: false, error: 'depth' });
    const looping = { and: Array(20).fill({ '!': [loop] }) };
    expect(problem(looping)).toEqual({ ok: false, error: 'steps' });
    const some = fc.letrec((tie) => ({
      expression: fc.oneof(
        { depthSize: 'small' },
        fc.constantFrom(null, true, 0, -1.5, 'x', '__proto__'),
        fc.record({ var: fc.constantFrom('', 'a', '__proto__.x', 3) }),
        fc
          .tuple(fc.constantFrom(...operatorNames, 'toString'), fc.array(tie('expression')))
          .map(([name, args]) => ({ [name]: args })),
      ),
    })).expression;
    fc.assert(fc.property(some, (any) => typeof evaluate(any, { a: [1] }).ok === 'boolean'));
  });
});

describe('the colour of a person', () => {
  it('is the mildest where no rule holds, with nothing to explain', () => {
    expect(judge(set(rule({ when: false })), person, now)).toEqual({
      ...{ state: 'g', notices: [], because: [], urgent: false, failed: [] },
    });
  });

  it('is the strictest that any rule gives, told with the rule, its facts and the end', () => {
    const rules = set(
      rule({
        ...{ id: 'contact', on: 'fact', class: 'contact', gives: { state: 'o' } },
        when: { '==': [{ var: 'fact.kind' }, 'contact'] },
        until: { '+': [{ var: 'fact.at' }, 14 * day] },
      }),
      rule({
        ...{ id: 'order', on: 'fact', class: 'order', urgent: true },
        when: { '==': [{ var: 'fact.kind' }, 'order'] },
      }),
    );
    const facts = [fact('1'), fact('2', { at: now }), fact('3', { kind: 'order', until: now + 9 })];
    const standing = judge(rules, { ...person, facts }, now);
    expect(standing).toEqual({
      ...{ state: 'r', notices: [], urgent: true, failed: [], until: now + 9, recheckAt: now + 9 },
      because: [
        { rule: 'contact', class: 'contact', facts: ['cdc/1', 'cdc/2'], until: now + 14 * day },
        { rule: 'order', class: 'order', facts: ['cdc/3'], until: now + 9 },
      ],
    });
    expect(judge(rules, { ...person, facts }, epochSeconds(now + 9)).state).toBe('o');
    expect(judge(rules, { ...person, facts }, epochSeconds(now + 14 * day)).state).toBe('g');
  });

  it('a rule that fails or loops leaves nobody green, and takes nothing from those that hold', () => {
    const broken = rule({ id: 'broken', when: { '<': [{ var: 'nothing' }, 1] } });
    expect(judge(set(broken), person, now)).toMatchObject({ state: undefined, failed: ['broken'] });
    expect(judge(set(broken, rule({})), person, now)).toMatchObject({ state: 'r' });
    const odd = rule({ id: 'odd', when: 'yes' });
    expect(judge(set(odd), person, now).state).toBeUndefined();
    const noEnd = rule({ id: 'no-end', until: { var: 'type' } });
    expect(judge(set(noEnd), person, now).state).toBeUndefined();
  });

  it('notices stand beside a state and make none worse', () => {
    const notice = rule({ gives: { notice: 'a1' } });
    expect(judge(set(notice), person, now)).toMatchObject({ state: 'g', notices: ['a1'] });
  });

  it('what could not be worked out is worse than green and milder than orange', () => {
    const { states } = set();
    expect(isWorse({ states }, 'g', undefined)).toBe(true);
    expect(isWorse({ states }, undefined, 'o')).toBe(true);
    expect(isWorse({ states }, 'r', 'g')).toBe(false);
    expect(isWorse({ states }, 'o', undefined)).toBe(false);
  });
});

describe('a set of rules', () => {
  it.each<[string, object]>([
    ['a state the scheme does not have', set(rule({ gives: { state: 'x' } }))],
    ['an operator nobody knows', set(rule({ when: { eval: ['1'] } }))],
    ['two rules of one id', set(rule({}), rule({}))],
    ['a member nobody knows', { ...set(), extra: 1 }],
    ['a state twice', { ...set(), states: ['g', 'g'] }],
  ])('is refused for %s', (_, rules) => expect(v.safeParse(ruleSet, rules).success).toBe(false));

  it('is taken when all is known', () => {
    expect(v.safeParse(ruleSet, set(rule({}))).success).toBe(true);
  });
});
