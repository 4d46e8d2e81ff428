import { streams } from '../../node/program.ts';
import { run } from './commands/run.ts';

process.exitCode = await run(process.argv.slice(2), { ...streams(), clock: Date.now });
