import type { Risk, Venue, VenueRule } from '../../core/trust/venue-rule.ts';

type Choice = Pick<VenueRule, 'mode' | 'temperature'> & {
  /** What an orange code means there. Absent: it is looked into. */
  readonly orange?: 'stop';
};

/**
 * Green is only half: wherever the code is required, a temperature is too. Where people come home or
 * stream through they are measured before they show the code. Orange means: stay at home.
 */
const everywhere: Readonly<Record<Exclude<Venue, 'hospital'>, Choice>> = {
  residential: { mode: 'required', temperature: 'exception' },
  transit: { mode: 'required', temperature: 'exception', orange: 'stop' },
  station: { mode: 'required', temperature: 'exception', orange: 'stop' },
  workplace: { mode: 'required', temperature: 'confirm', orange: 'stop' },
  school: { mode: 'required', temperature: 'confirm', orange: 'stop' },
  mall: { mode: 'advisory', temperature: 'none' },
  other: { mode: 'advisory', temperature: 'none' },
};

interface Region {
  readonly region: string;
  /** Tianjin's hospitals let people in the original way; Hebei's use the code. */
  readonly hospital: Choice;
  /** Tianjin's second colour is orange, Hebei's is yellow, which is looked into wherever it is shown. */
  readonly second: 'orange' | 'yellow';
}

const regions: readonly Region[] = [
  {
    region: 'CN-TJ',
    hospital: { mode: 'original-way', temperature: 'confirm' },
    second: 'orange',
  },
  { region: 'CN-HE', hospital: { mode: 'required', temperature: 'confirm' }, second: 'yellow' },
];

const risky: readonly Risk[] = ['medium', 'high'];

/**
 * Venue rules of the demo, and those a new authority begins with: protocol 3.4. One per region and kind
 * of place, and one per risk where a district at risk wants everybody's temperature said one by one.
 */
export const demoVenueRules: VenueRule[] = regions.flatMap(({ region, hospital, second }) =>
  Object.entries({ ...everywhere, hospital }).flatMap(([venue, { mode, temperature, orange }]) => {
    const caution = second === 'orange' ? (orange ?? 'check') : 'check';
    const rule: VenueRule = {
      venue: venue as Venue,
      region,
      mode,
      temperature,
      limitC: 37.3,
      levels: {
        clear: 'admit',
        caution,
        ...(caution === 'stop' && { yellow: 'check' as const }),
        stop: 'stop',
        none: 'admit',
      },
      notice: 'check',
      // only where an operator has said how many there is room for
      full: 'check',
    };
    const atRisk = temperature === 'exception' ? risky : [];
    return [rule, ...atRisk.map((risk) => ({ ...rule, risk, temperature: 'confirm' as const }))];
  }),
);
