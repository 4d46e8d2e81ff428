import { streams } from '../node/program.ts';
import { runDemoKeys } from './run-demo-keys.ts';

process.exitCode = await runDemoKeys(process.argv.slice(2), streams());
