import type { LogRow } from '../log-rows.ts';
import { readEntry } from '../people/count-people.ts';
import { type PersonColumns, personColumnNames, personColumns } from '../people/person-columns.ts';
import { reckon } from '../people/reckoning.ts';
import { refOf } from '../people/roots.ts';

/**
 * Reckons the people of one device's stored entries anew and names the rows that say otherwise how it
 * ended, or what they are about. Where that was forgotten nobody can tell, and it is believed. Holds a
 * line a person of the device, half a kilobyte each.
 */
export function checkPeople(gate: string, forgotten: number) {
  const reckoning = reckon({ gate, forgotten });
  const roots = new Map<number, number>();
  const said = new Map<number, PersonColumns>();
  const believed = new Set<number>();
  return {
    /** In the order of the log. */
    add({ seq, reason, counted, trusted, entry: text, ...row }: LogRow): void {
      if (reason !== null) return;
      const { outcome, end_state, end_reason, root } = row;
      const columns = { outcome, end_state, end_reason, root };
      if (personColumnNames.some((name) => columns[name] !== null)) said.set(seq, columns);
      const entry = counted ? readEntry(text) : undefined;
      if (!entry || trusted === null) return;
      const ref = refOf(entry);
      if (ref !== undefined) roots.set(seq, roots.get(ref) ?? ref);
      if ((roots.get(seq) ?? seq) <= forgotten) believed.add(seq);
      reckoning.add({ entry, trusted });
    },
    /** Seqs. */
    wrong(): number[] {
      const people = reckoning.people();
      const seqs = new Set([...said.keys(), ...people.keys(), ...roots.keys()]);
      return [...seqs].filter((seq) => {
        if (believed.has(seq)) return false;
        const expected = personColumns(people.get(seq), roots.get(seq));
        const there = said.get(seq) ?? personColumns(undefined, undefined);
        return personColumnNames.some((name) => expected[name] !== there[name]);
      });
    },
  };
}
