import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { run } from '../../src/authority/ceremony/commands/run.ts';
import type { State } from '../../src/authority/ceremony/files/authority-file.ts';
import { readFolder } from '../../src/authority/trust-folder.ts';
import {
  type AcceptedTrust,
  acceptTrust,
  noMarks,
  type TrustFiles,
  type TrustMarks,
} from '../../src/core/trust/accept.ts';
import { statusAt } from '../../src/core/trust/lists/status-list.ts';
import { epochSeconds } from '../../src/core/units.ts';

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** An authority's folder under the operator's hands, with a clock to move. */
export async function ceremony(start = Date.UTC(2027, 0, 15, 6) / 1000) {
  const home = await mkdtemp(join(tmpdir(), 'kakou-keys-'));
  const dir = join(home, 'authority');
  let now = start;

  /** `publish --hours 24`, typed as the operator does. */
  async function keys(line: string): Promise<Ran> {
    const [out, err]: [string[], string[]] = [[], []];
    const code = await run([...line.split(' '), '--dir', dir], {
      out: (text) => out.push(text),
      err: (text) => err.push(text),
      clock: () => now * 1000,
    });
    return { code, out: out.join('\n'), err: err.join('\n') };
  }

  return {
    home,
    dir,
    keys,
    /** The same, which must be done. */
    async done(line: string): Promise<string> {
      const { code, out, err } = await keys(line);
      if (code !== 0) throw new Error(err);
      return out;
    },
    now: () => epochSeconds(now),
    pass(seconds: number) {
      now += seconds;
    },
    state: async () => JSON.parse(await readFile(join(dir, 'authority.json'), 'utf8')) as State,
    /** The published set, as a phone downloads it. */
    async published(): Promise<TrustFiles> {
      const { roots, bundle, lists } = await readFolder(join(dir, 'public'));
      const [pinnedRoot, ...next] = roots;
      if (!pinnedRoot || !bundle) throw new Error('nothing is published');
      return { pinnedRoot, roots: next, bundle, lists };
    },
    /** Every file and what is in it: equal before and after means nothing was touched. */
    async snapshot(): Promise<Record<string, string>> {
      const items = await readdir(dir, { recursive: true, withFileTypes: true });
      const files = items.filter((item) => item.isFile());
      const entries = files.map(async (item) => {
        const path = join(item.parentPath, item.name);
        return [path.slice(dir.length + 1), await readFile(path, 'base64')];
      });
      return Object.fromEntries(await Promise.all(entries));
    },
    close: () => rm(home, { recursive: true }),
  };
}
export type Ceremony = Awaited<ReturnType<typeof ceremony>>;

/** A phone that takes what the authority publishes and keeps its marks. */
export function trustPhone(authority: Ceremony) {
  let marks: TrustMarks = noMarks;
  let held: AcceptedTrust | undefined;

  async function offer(files: TrustFiles): Promise<string> {
    const accepted = await acceptTrust(files, marks, authority.now());
    if (!accepted.ok) return `${accepted.error.file}/${accepted.error.problem}`;
    held = accepted.value;
    marks = held.marks;
    return 'accepted';
  }

  return {
    offer,
    refresh: async () => offer(await authority.published()),
    view() {
      if (!held) throw new Error('the phone holds nothing');
      return held.view;
    },
    status(issuer: string, index: number): string | undefined {
      const list = held?.view.lists.get(issuer);
      return list && statusAt(list, index);
    },
  };
}

/** It says why in one line, ends with the code, and has not touched a file. */
export async function expectRefusal(
  authority: Ceremony,
  line: string,
  code: 1 | 64,
  why: RegExp,
): Promise<void> {
  const before = await authority.snapshot();
  const ran = await authority.keys(line);
  expect(ran.err).toMatch(why);
  expect(ran.err).not.toContain('\n');
  expect([ran.code, ran.out]).toEqual([code, '']);
  expect(await authority.snapshot()).toEqual(before);
}
