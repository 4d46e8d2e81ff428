import { createContext, runInContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { addBuiltIns, type Realm } from '../../../src/core/platform/built-ins.ts';

/** A realm as an old browser has it. */
function oldRealm() {
  const context = createContext({});
  runInContext(
    `delete Object.hasOwn; delete String.prototype.at;
     for (const list of [Array.prototype, Object.getPrototypeOf(Uint8Array.prototype)]) {
       delete list.at; delete list.findLast;
     }`,
    context,
  );
  const realm = runInContext('({ Object, Array, String, Uint8Array })', context) as Realm;
  return { realm, run: (code: string): unknown => runInContext(code, context) };
}

const uses = [
  "Object.hasOwn({ a: 1 }, 'a')",
  "Object.hasOwn({ hasOwnProperty: 1 }, 'toString')",
  "Object.hasOwn(Object.create(null), 'a')",
  '[1, 2, 3].at(-1)',
  '[1, 2, 3].at(0)',
  '[1, 2, 3].at(3)',
  '[1, 2, 3].at(-4)',
  '[1, 2, 3].at(NaN)',
  '[1, 2, 3].at(1.9)',
  'new Uint8Array([7, 8]).at(-1)',
  "'abc'.at(-1)",
  '[1, 2, 3].findLast((n) => n < 3)',
  '[1].findLast((n) => n > 1)',
  '[[1, 0], [1, 1]].findLast(([n], i) => i === 0 && n)[1]',
  'new Uint8Array([1, 2, 0]).findLast((n) => n !== 0)',
  'Object.keys([]).length + Object.keys(Object).length',
  "(() => { for (const name in [5]) if (name !== '0') return name; })()",
];

describe('what old browsers lack', () => {
  it.each(uses)('%s is as it is where it is built in', (code) => {
    const { realm, run } = oldRealm();
    expect(() => run('[].at(0)')).toThrow();
    addBuiltIns(realm);
    expect(run(code)).toEqual(runInContext(code, createContext({})));
  });

  it('is left alone where it is there', () => {
    const before = [Object.hasOwn, Array.prototype.at, String.prototype.at];
    addBuiltIns();
    expect([Object.hasOwn, Array.prototype.at, String.prototype.at]).toEqual(before);
  });
});
