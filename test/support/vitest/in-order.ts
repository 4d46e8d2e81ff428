import { readFileSync } from 'node:fs';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { longest } from './projects.ts';

/**
 * Projects one after the other, each by Vitest's own order or shuffled: files of one project that
 * follow each other share a process, and the long waits of the browsers begin first. Within a project
 * the longest begin first, so that none of them is waited for alone at the end, and those with a
 * document come last: at each change between with and without, Vitest ends its processes.
 */
export class InOrder extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const { projects, config } = this.ctx;
    const { shuffle }: { shuffle?: unknown } = config.sequence;
    const sorted = shuffle ? shuffled(files, config.sequence.seed) : await super.sort(files);
    const place = ({ project, moduleId }: TestSpecification) =>
      4 * projects.indexOf(project) +
      (hasDocument(moduleId) ? 2 : 0) +
      (!shuffle && longest.some((end) => moduleId.endsWith(end)) ? 0 : 1);
    const places = new Map(sorted.map((file) => [file, place(file)]));
    return sorted.toSorted((a, b) => (places.get(a) ?? 0) - (places.get(b) ?? 0));
  }
}

/** As Vitest reads it: a file names its surroundings in its first comment. */
const hasDocument = (file: string) => /^\/\/ @vitest-environment /.test(readFileSync(file, 'utf8'));

function shuffled<T>(items: readonly T[], seed: number): T[] {
  let state = seed >>> 0;
  const next = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  return items
    .map((item) => ({ item, at: next() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ item }) => item);
}
