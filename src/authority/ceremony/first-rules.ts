import type { Venue, VenueRule } from '../../core/trust/venue-rule.ts';

export type Choice = Pick<VenueRule, 'mode' | 'temperature'>;

export const everywhere: Readonly<Record<Exclude<Venue, 'hospital'>, Choice>> = {
  residential: { mode: 'required', temperature: 'none' },
  transit: { mode: 'required', temperature: 'none' },
  station: { mode: 'required', temperature: 'none' },
  workplace: { mode: 'required', temperature: 'confirm' },
  school: { mode: 'required', temperature: 'confirm' },
  mall: { mode: 'advisory', temperature: 'none' },
  other: { mode: 'advisory', temperature: 'none' },
};

/** Tianjin's hospitals let people in the original way; Hebei's use the code. */
export const hospitals: Readonly<Record<string, Choice>> = {
  'CN-TJ': { mode: 'original-way', temperature: 'confirm' },
  'CN-HE': { mode: 'required', temperature: 'confirm' },
};

/** Venue rules of the demo, one per region and kind of place: protocol 3.4. */
export const demoVenueRules: VenueRule[] = Object.entries(hospitals).flatMap(([region, hospital]) =>
  Object.entries({ ...everywhere, hospital }).map(([venue, choice]) => ({
    venue: venue as Venue,
    region,
    ...choice,
    limitC: 37.3,
    levels: { clear: 'admit', caution: 'check', stop: 'stop', none: 'admit' } as const,
    notice: 'check' as const,
  })),
);
