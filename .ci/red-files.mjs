// The files with a red test in Vitest's JSON report, one a line; none where the run broke otherwise.
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';

const { testResults, success } = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8'));
if (!success) {
  for (const { name, status } of testResults)
    if (status !== 'passed') console.log(relative(process.cwd(), name));
}
