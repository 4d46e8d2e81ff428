/** Words of the workbook that are no column's. */
export const tableLabels = [
  'summary',
  'people',
  'everything',
  'from',
  'to',
  'admitted',
  'refused',
  'notRecorded',
  'scanned',
  'byHand',
  'other',
  'corrected',
  'measured',
  'fever',
  'companionsAdmitted',
  'hour',
  'gates',
  'notCounted',
] as const;
export type TableLabel = (typeof tableLabels)[number];
