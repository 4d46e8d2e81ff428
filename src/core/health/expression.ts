import { err, ok, type Result } from '../result.ts';

/**
 * An expression in the spelling of JsonLogic (`{"operator": [arguments]}`), over the operators listed
 * here alone. Engines that are kept have no bound on steps; these have, and everything odd is an
 * error, for whoever reads one must then take the stricter answer.
 */
export type Expression = unknown;

/** Why there is no value: `steps` it looped, `depth` nested too deep, `operator` not listed, `type` a wrong operand. */
export type ExpressionProblem = 'steps' | 'depth' | 'operator' | 'type';

export const bounds = { steps: 5000, depth: 24 } as const;

/** Thrown inside this file only. */
class Odd extends Error {
  readonly problem: ExpressionProblem;
  constructor(problem: ExpressionProblem) {
    super(problem);
    this.problem = problem;
  }
}

interface Run {
  readonly scope: unknown;
  readonly depth: number;
  readonly left: { steps: number };
}

type Operator = (args: readonly unknown[], run: Run) => unknown;

const number = (value: unknown): number => {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw new Odd('type');
  return value;
};
const list = (value: unknown): readonly unknown[] => {
  if (!Array.isArray(value)) throw new Odd('type');
  return value;
};
const truth = (value: unknown): boolean => {
  if (typeof value !== 'boolean') throw new Odd('type');
  return value;
};

/** All operands worked out, as numbers or as they are. */
const eager =
  (work: (values: readonly unknown[]) => unknown): Operator =>
  (args, run) =>
    work(args.map((arg) => work1(arg, run)));

const compare = (holds: (a: number | string, b: number | string) => boolean): Operator =>
  eager((values) => {
    for (let at = 1; at < values.length; at++) {
      const [a, b] = [values[at - 1], values[at]];
      const isSame = typeof a === typeof b && (typeof a === 'string' || typeof a === 'number');
      if (!isSame) throw new Odd('type');
      if (!holds(a as number, b as number)) return false;
    }
    return true;
  });

/** Over each item of a list, the item being what `var` reads. */
const over =
  (work: (items: readonly unknown[], holds: (item: unknown) => boolean) => unknown): Operator =>
  ([items, test], run) =>
    work(list(work1(items, run)), (item) => truth(work1(test, { ...run, scope: item })));

const operators: Readonly<Record<string, Operator>> = {
  var: ([path = '', fallback = null], { scope }) => {
    if (typeof path !== 'string') throw new Odd('type');
    let value: unknown = scope;
    for (const name of path === '' ? [] : path.split('.')) {
      const isThere = typeof value === 'object' && value !== null && Object.hasOwn(value, name);
      value = isThere ? (value as Record<string, unknown>)[name] : undefined;
    }
    return value ?? fallback;
  },
  '==': eager(([a, b]) => a === b),
  '!=': eager(([a, b]) => a !== b),
  '<': compare((a, b) => a < b),
  '<=': compare((a, b) => a <= b),
  '>': compare((a, b) => a > b),
  '>=': compare((a, b) => a >= b),
  '!': eager(([a]) => !truth(a)),
  and: (args, run) => args.every((arg) => truth(work1(arg, run))),
  or: (args, run) => args.some((arg) => truth(work1(arg, run))),
  if: ([test, then, otherwise], run) => work1(truth(work1(test, run)) ? then : otherwise, run),
  in: eager(([item, items]) => list(items).includes(item)),
  '+': eager((values) => values.reduce<number>((sum, value) => sum + number(value), 0)),
  '-': eager(([a, b]) => number(a) - number(b)),
  '*': eager((values) => values.reduce<number>((product, value) => product * number(value), 1)),
  max: eager((values) => Math.max(...values.map(number))),
  min: eager((values) => Math.min(...values.map(number))),
  some: over((items, holds) => items.some(holds)),
  all: over((items, holds) => items.every(holds)),
  none: over((items, holds) => !items.some(holds)),
  count: over((items, holds) => items.filter(holds).length),
};
export const operatorNames = Object.keys(operators);

/** One expression: what is no object is itself. */
function work1(expression: unknown, run: Run): unknown {
  run.left.steps--;
  if (run.left.steps < 0) throw new Odd('steps');
  if (run.depth > bounds.depth) throw new Odd('depth');
  const inner = { ...run, depth: run.depth + 1 };
  if (Array.isArray(expression)) return expression.map((item) => work1(item, inner));
  if (typeof expression !== 'object' || expression === null) return expression;
  const [[name, args] = ['', undefined], ...others] = Object.entries(expression);
  const operator = Object.hasOwn(operators, name) ? operators[name] : undefined;
  if (!operator || others.length > 0) throw new Odd('operator');
  return operator(Array.isArray(args) ? args : [args], inner);
}

/** Works an expression out over what `var` may read; never throws, whatever stands there. */
export function evaluate(
  expression: Expression,
  scope: unknown,
): Result<unknown, ExpressionProblem> {
  try {
    return ok(work1(expression, { scope, depth: 0, left: { steps: bounds.steps } }));
  } catch (thrown) {
    if (thrown instanceof Odd) return err(thrown.problem);
    throw thrown;
  }
}

/** The first operator in it that is not listed; undefined when all are. */
export function unknownOperator(expression: Expression, depth = 0): string | undefined {
  if (depth > bounds.depth) return '(too deep)';
  if (Array.isArray(expression)) {
    for (const item of expression) {
      const found = unknownOperator(item, depth + 1);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  if (typeof expression !== 'object' || expression === null) return undefined;
  const names = Object.keys(expression);
  const odd = names.find((name) => !Object.hasOwn(operators, name));
  if (odd !== undefined || names.length !== 1) return odd ?? '(not one)';
  return unknownOperator(Object.values(expression), depth + 1);
}
