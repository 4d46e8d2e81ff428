import { closed } from '../asked.ts';
import { exportEntries } from './export-entries.ts';
import { conflicts } from './list-conflicts.ts';
import { search } from './search-entries.ts';

/** The log, looked through and taken out. */
export const entryRows = [
  closed('POST', '/entries/search', 'log:read', search),
  closed('POST', '/entries/conflicts', 'log:read', conflicts),
  closed('GET', '/entries/export', 'log:export', exportEntries),
];
