// Loaded before a program (`--import`): SIGUSR2 begins a CPU profile, the next one writes it where
// KAKOU_PROFILE says. Not from the start on: what a program does once is not what it costs.
import { writeFileSync } from 'node:fs';
import { Session } from 'node:inspector';

const session = new Session();
session.connect();
session.post('Profiler.enable');
session.post('Profiler.setSamplingInterval', { interval: 100 });
let isOn = false;
process.on('SIGUSR2', () => {
  if (isOn) {
    session.post('Profiler.stop', (_, { profile }) =>
      writeFileSync(process.env.KAKOU_PROFILE, JSON.stringify(profile)),
    );
  } else session.post('Profiler.start');
  isOn = !isOn;
});
