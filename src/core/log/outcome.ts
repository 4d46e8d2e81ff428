/** Did the person go in? Said by somebody, or by a verdict that leaves nothing to say: `people.ts`. */
export type Outcome = 'admitted' | 'refused';

/** Why the guard did not let a person in. A closed set: there is no free text to put a name into. */
export const refusals = ['fever', 'no-document', 'not-allowed', 'left', 'other'] as const;
export type Refusal = (typeof refusals)[number];

/** Why a kiosk let nobody in: whoever its screen has sent to a guard is judged there anew. */
export const kioskRefusal = 'sent-to-guard';

/** Why a supervisor lets somebody in against a `stop`: an ambulance, an order from above. */
export const overrideReasons = ['emergency', 'ordered', 'other'] as const;
export type OverrideReason = (typeof overrideReasons)[number];

/** What everybody's temperature is taken with this shift, before the code is shown (mode `exception`). */
export const scannedWiths = ['thermal-camera', 'thermometer', 'colleague'] as const;
export type ScannedWith = (typeof scannedWiths)[number];
