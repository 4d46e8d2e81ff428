/** Words of what people decided, and of what tables call it. */
export const enOutcomes = {
  'manual.category.elder': 'Elderly',
  'manual.category.child': 'Child',
  'manual.category.foreign': 'Foreign ID',
  'manual.category.no-phone': 'No phone',
  'manual.category.phone-dead': 'No battery',
  'manual.category.other': 'Other',
  'why.fever': 'Fever',
  'why.no-document': 'No ID',
  'why.not-allowed': 'Not allowed here',
  'why.left': 'They left',
  'why.other': 'Other reason',
  'paper.admitted': 'Let in',
  'paper.refused': 'Refused',
  'paper.notRecorded': 'No record',
  'paper.by.scanner': 'The phone',
  'paper.by.guard': 'Guard',
  'paper.by.supervisor': 'Supervisor',
  'measure.thermal-camera': 'Thermal camera',
  'measure.thermometer': 'Forehead thermometer',
  'measure.colleague': 'By a colleague',
  'measure.each': 'One by one, on each card',
  'why.emergency': 'Ambulance, fire',
  'why.ordered': 'Ordered from above',
  'why.sent-to-guard': 'Sent to a guard by the kiosk',
} as const;

export type OutcomeWords = Readonly<Record<keyof typeof enOutcomes, string>>;
