import type { Screen } from './screens.ts';
import { readyState } from './states.ts';

const { shift: _, gate: __, ...unenrolled } = readyState;

/** A phone that has no gate yet. */
export const enrolScreens: Readonly<Record<string, Screen>> = {
  enrol: { state: { ...unenrolled, phase: 'enrol' } },
  'enrol-window': { state: { ...unenrolled, phase: 'enrol', enrolWindow: 'wechat' } },
  'enrol-busy': { state: { ...unenrolled, phase: 'enrol', enrolling: 'busy' } },
  'enrol-elsewhere': {
    state: {
      ...unenrolled,
      phase: 'enrol',
      enrolling: 'other-hub',
      enrolHub: 'https://kakou.tj.example',
    },
  },
  'enrol-offline': { state: { ...unenrolled, phase: 'enrol', enrolling: 'offline' } },
  'enrol-in-app': { state: { ...unenrolled, phase: 'enrol', enrolPlace: 'in-app' } },
  'enrol-tab': { state: { ...unenrolled, phase: 'enrol', enrolPlace: 'tab' } },
  'enrol-differ': { state: { ...unenrolled, phase: 'enrol', enrolling: 'digits-differ' } },
};
