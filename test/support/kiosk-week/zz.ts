import { runWeek } from './week.ts';

const [seed = 1, days = 7, people = 48] = process.argv.slice(2).map(Number);
const { wrong, screen, ...rest } = await runWeek({ seed, days, people });
console.log(
  JSON.stringify({
    seed,
    wrong: Object.entries(wrong).filter(([, v]) => v),
    ...rest,
    faults: undefined,
  }),
  JSON.stringify(screen),
);
process.exit();
