import { streams } from '../node/program.ts';
import { runIssue } from './run-issue.ts';

process.exitCode = await runIssue(process.argv.slice(2), streams());
