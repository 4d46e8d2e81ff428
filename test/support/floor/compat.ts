import bcd, {
  type Identifier,
  type SimpleSupportStatement,
} from '@mdn/browser-compat-data/forLegacyNode';
import { floor } from '../../../src/core/platform/floor.ts';

/** Where the floor is looked up: a WebView is what chat apps open pages in. */
const oldest = [
  ['chrome', floor.chrome],
  ['chrome_android', floor.chrome],
  ['webview_android', floor.chrome],
  ['safari_ios', floor.safari],
  ['firefox', floor.firefox],
] as const;

const number = (version: string): number => Number.parseFloat(version.replace('≤', ''));

function isThere(statement: SimpleSupportStatement, version: number): boolean {
  const { version_added: added, version_removed: removed } = statement;
  if (statement.flags || statement.prefix || statement.alternative_name) return false;
  if (typeof added !== 'string' || added === 'preview' || !(number(added) <= version)) return false;
  return !(typeof removed === 'string' && number(removed) <= version);
}

/** Browsers of the floor in which this is missing; what the data knows nothing of is taken as there. */
export function missingIn(feature: Identifier | undefined): string[] {
  const support = feature?.__compat?.support;
  if (!support) return [];
  return oldest.flatMap(([browser, version]) => {
    const said = support[browser];
    const all = said === undefined ? [] : Array.isArray(said) ? said : [said];
    return all.some((one) => isThere(one, version)) ? [] : [browser];
  });
}

export type { Identifier };
export { bcd };
