import { streams } from '../node/program.ts';
import { runVerifyExport } from './run-verify-export.ts';

process.exitCode = await runVerifyExport(process.argv.slice(2), streams());
