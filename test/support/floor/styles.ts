import postcss, { type Declaration } from 'postcss';
import { bcd, type Identifier, missingIn } from './compat.ts';

type Tree = Record<string, Identifier>;
const { properties, selectors, types, 'at-rules': atRules } = bcd.css as Record<string, Tree>;

/** Lengths of a length's own sub-features. */
const units: readonly (readonly [RegExp, string])[] = [
  [/\d[sld]v(h|w|min|max|i|b)\b/, 'viewport_percentage_units_dynamic'],
  [/\dcq(h|w|min|max|i|b)\b/, 'container_query_length_units'],
  [/\dlh\b/, 'lh'],
  [/\drlh\b/, 'rlh'],
  [/\dcap\b/, 'cap'],
];

/**
 * What a style sheet uses that some browser of the floor lacks: `:has`, `dvh`, `text-wrap`, `color-mix()`.
 * In `@supports` it is not counted: that is its fallback.
 */
export function stylesAboveFloor(sheet: string): Set<string> {
  const found = new Set<string>();
  const look = (name: string, feature: Identifier | undefined): void => {
    if (missingIn(feature).length > 0) found.add(name);
  };
  const root = postcss.parse(sheet);
  root.walkAtRules(({ name, params }) => {
    look(`@${name}`, atRules?.[name]);
    if (name !== 'media') return;
    for (const [, feature = ''] of params.matchAll(/\(([a-z-]+)/g))
      look(`@media ${feature}`, atRules?.['media']?.[feature]);
    if (/[<>]=?/.test(params)) look('@media range', atRules?.['media']?.['range_syntax']);
  });
  root.walkRules(({ selector, parent }) => {
    if (
      parent?.type === 'atrule' &&
      'name' in parent &&
      /supports|keyframes/.test(`${parent.name}`)
    )
      return;
    for (const [, name = ''] of selector.matchAll(/::?([a-z-]+)/g))
      look(`:${name}`, selectors?.[name]);
    if (/&/.test(selector)) look('nesting', selectors?.['nesting']);
  });
  root.walkDecls((decl) => {
    if (decl.prop.startsWith('--')) return;
    if (!hasFallback(decl)) {
      look(decl.prop, properties?.[decl.prop]);
      for (const [unit, name] of units)
        if (unit.test(decl.value)) look(name, types?.['length']?.[name]);
      const word = /^[a-z-]+$/.test(decl.value) ? decl.value : '';
      if (word !== '') look(`${decl.prop}: ${word}`, properties?.[decl.prop]?.[word]);
    }
    for (const [, name = ''] of decl.value.matchAll(/(?:^|[\s,(])([a-z-]+)\(/g))
      look(`${name}()`, types?.[name] ?? types?.['color']?.[name] ?? types?.['gradient']?.[name]);
  });
  return found;
}

/** The same property was set before in the same rule, for those who do not know this value. */
function hasFallback(decl: Declaration): boolean {
  for (let before = decl.prev(); before; before = before.prev())
    if (before.type === 'decl' && before.prop === decl.prop) return true;
  return false;
}
