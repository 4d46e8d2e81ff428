import { importFacts } from '../../../src/authority/facts/import-facts.ts';
import { toSeconds } from '../../../src/core/units.ts';
import { testPersons } from '../../../src/demo/test-persons.ts';
import { factsFile, testSource } from './people.ts';
import type { TestAuthority } from './test-authority.ts';

let count = 0;

/** A source of its own tells one fact about a test person. */
export async function told(
  at: TestAuthority,
  person: string,
  kind: 'contact' | 'order' | 'test',
  over: object = {},
): Promise<{ readonly source: string; readonly id: string }> {
  const { type = '', number = '' } = testPersons.find(({ id }) => id === person) ?? {};
  const source = await testSource(at.sql, `told-${count++}`);
  const now = at.clock.wall();
  const line = { id: 'f', kind, type, number, at: toSeconds(now), ...over };
  const done = await importFacts(await factsFile(source, 'b', [line]), {
    ...{ ...at, now, by: 'command-line' as const },
  });
  if (!done.ok || done.value.taken !== 1) throw new Error('the fact was not taken');
  return { source: source.id, id: 'f' };
}
