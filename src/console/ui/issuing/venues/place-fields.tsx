import * as v from 'valibot';
import type { GrantedPlace, VenueApplication } from '../../../../core/place/application.ts';
import { grantedPlace, venueApplication } from '../../../../core/place/application.ts';
import { venueCodeDays } from '../../../../core/place/desk-places.ts';
import { type Venue, venues } from '../../../../core/trust/venue-rule.ts';
import { Field, Select } from '../../../../parts/labelled.tsx';
import { useWords } from '../../use-console.ts';
import { useScheme } from '../scheme.ts';

/** A place as it is typed. */
export interface TypedPlace {
  readonly name: string;
  readonly venue: Venue;
  readonly place: string;
  readonly district: string;
  readonly hotline: string;
}

export const nothingTyped: TypedPlace = {
  ...{ name: '', venue: 'other', place: '', district: '', hotline: '' },
};

export const typedOf = ({
  name,
  venue,
  place = '',
  district = '',
  hotline = '',
}: VenueApplication): TypedPlace => ({ name, venue, place, district, hotline });

/** What was typed, without what was left empty. */
const saidOf = ({ name, venue, place, district, hotline }: TypedPlace) => ({
  ...{ name, venue },
  ...(place.trim() !== '' && { place: place.trim() }),
  ...(district.trim() !== '' && { district: district.trim() }),
  ...(hotline.trim() !== '' && { hotline: hotline.trim() }),
});

const readBy = <T,>(shape: v.GenericSchema<unknown, T>, typed: TypedPlace): T | undefined => {
  const read = v.safeParse(shape, saidOf(typed));
  return read.success ? read.output : undefined;
};

/** As the issuing side takes it; undefined until it does. */
export const applicationOf = (typed: TypedPlace): VenueApplication | undefined =>
  readBy(venueApplication, typed);
export const placeOf = (typed: TypedPlace): GrantedPlace | undefined => readBy(grantedPlace, typed);

/** Days that are typed; undefined where they are none a code may live. */
export function daysOf(typed: string): number | undefined {
  const days = /^\d{1,3}$/.test(typed) ? Number(typed) : 0;
  return days >= 1 && days <= venueCodeDays.most ? days : undefined;
}

interface Props {
  typed: TypedPlace;
  onChange: (typed: TypedPlace) => void;
  /** The id may be left to the desk. */
  later?: boolean;
}

const isGood = (part: 'name' | 'place' | 'district' | 'hotline', value: string): boolean =>
  value === '' ||
  v.is(v.pick(v.strictObject(grantedPlace.entries), [part]), { [part]: value.trim() });

/** Name, kind, id, district and telephone of a place; each says when it cannot be so. */
export function PlaceFields({ typed, onChange, later = false }: Props) {
  const { t } = useWords();
  const { districts, districtName } = useScheme();
  const { name, venue, place, district, hotline } = typed;
  const set = (part: keyof TypedPlace) => (value: string) => onChange({ ...typed, [part]: value });
  const said = (part: 'name' | 'place' | 'hotline', hint: string) => {
    const wrong = !isGood(part, typed[part]);
    return { wrong, hint: wrong ? t(`venues.${part}Wrong`) : hint };
  };
  const isNamed = Object.hasOwn(districts, district);
  return (
    <>
      <Field
        {...{ label: t('venues.name'), value: name, maxLength: 64, required: true }}
        {...said('name', t('venues.nameHint'))}
        onChange={set('name')}
      />
      <Select
        label={t('venues.kind')}
        value={venue}
        choices={venues.map((one) => [one, t(`venue.${one}`)] as const)}
        onChange={(chosen) => onChange({ ...typed, venue: chosen })}
      />
      <Field
        {...{ label: t('venues.place'), value: place, maxLength: 64, spellCheck: false }}
        {...said('place', later ? t('venues.placeLater') : t('venues.placeHint'))}
        required={!later}
        onChange={set('place')}
      />
      <Field
        {...{ label: t('venues.district'), value: district, maxLength: 6, inputMode: 'numeric' }}
        hint={isNamed ? districtName(district) : t('venues.districtHint')}
        wrong={!isGood('district', district)}
        onChange={set('district')}
      />
      <Field
        {...{ label: t('venues.hotline'), value: hotline, maxLength: 20, inputMode: 'tel' }}
        {...said('hotline', t('venues.hotlineHint'))}
        onChange={set('hotline')}
      />
    </>
  );
}
