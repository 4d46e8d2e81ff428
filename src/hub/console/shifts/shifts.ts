import { closed } from '../asked.ts';
import { listShifts } from './shift-list.ts';
import { shiftReport } from './shift-report.ts';

/** Shifts and their reports. */
export const shiftRows = [
  closed('POST', '/shifts/search', 'log:read', listShifts),
  closed('GET', '/shifts/:device/:shift', 'log:read', shiftReport),
];
