/** `npm run fuzz -- --cases 200000 --seed N`: bent passes by the hundred thousand; exit 1 if one gets through. */
import { parseArgs } from 'node:util';
import { fuzz } from './run.ts';

const { values } = parseArgs({
  options: { cases: { type: 'string', default: '200000' }, seed: { type: 'string', default: '1' } },
});
const report = await fuzz(Number(values.cases), Number(values.seed));
process.stdout.write(`${JSON.stringify({ seed: Number(values.seed), ...report }, undefined, 2)}\n`);
if (report.forged.length + report.broken.length > 0) process.exitCode = 1;
