import type { Reporter, TestModule } from 'vitest/node';
import { runFolder } from '../once-a-run.ts';
import { sharedCpuS } from '../shared-postgres.ts';

const shown = 25;

/** Prints the files that cost most, in seconds: `npm run test:slowest`. Of a run on a busy machine believe CPU only. */
export default class Slowest implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const costs = modules.map(costOf).toSorted((a, b) => b.wall - a.wall);
    const rows = costs.slice(0, shown).map(({ file, wall, loading, cpu }) => {
      return `${[wall, loading, cpu].map(seconds).join(' ')}  ${file}`;
    });
    const sum = (pick: (cost: Cost) => number) =>
      seconds(costs.reduce((total, cost) => total + pick(cost), 0));
    const all = `${sum(({ wall }) => wall)} ${sum(({ loading }) => loading)} ${sum(({ cpu }) => cpu)}`;
    const server = `                  ${seconds(1000 * sharedCpuS(runFolder()))}  PostgreSQL of all of them`;
    console.log(
      ['', '    wall  loading      CPU  file', ...rows, `${all}  all`, server].join('\n'),
    );
  }
}

interface Cost {
  readonly file: string;
  /** Tests and hooks with all the waiting in them, and loading. */
  readonly wall: number;
  readonly loading: number;
  /** Of the worker and of all processes that it started, a browser's among them. */
  readonly cpu: number;
}

function costOf(module: TestModule): Cost {
  const { duration, collectDuration, environmentSetupDuration, setupDuration } =
    module.diagnostic();
  const loading = collectDuration + environmentSetupDuration + setupDuration;
  const { cpuMs } = module.meta() as { cpuMs?: number };
  return { file: module.relativeModuleId, wall: duration + loading, loading, cpu: cpuMs ?? 0 };
}

const seconds = (ms: number) => (ms / 1000).toFixed(1).padStart(8);
