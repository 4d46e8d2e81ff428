import type { Declaration, Symptom } from '../../../../core/health/declaration.ts';

/** What somebody says of themselves, as it is typed at the desk. */
export interface Said {
  readonly phone: string;
  readonly address: string;
  readonly district: string;
  readonly travel: string;
  readonly symptoms: readonly Symptom[];
  readonly contact: boolean;
  readonly abroad: boolean;
}
export const nothingSaid: Said = {
  ...{ phone: '', address: '', district: '', travel: '' },
  ...{ symptoms: [], contact: false, abroad: false },
};

export const isCode = (text: string): boolean => /^\d{6}$/.test(text);
const codes = (text: string): string[] => text.split(/[\s,，、;；]+/).filter((one) => one !== '');

/** The declaration, once everything that must be there is. */
export function declarationOf(said: Said): Declaration | undefined {
  const [phone, address, district] = [said.phone.trim(), said.address.trim(), said.district.trim()];
  const travel = codes(said.travel);
  const isWhole =
    /^\+?[\d -]{5,20}$/.test(phone) && address !== '' && isCode(district) && isTravel(said.travel);
  if (!isWhole) return undefined;
  const { contact, abroad } = said;
  return { phone, address, district, symptoms: [...said.symptoms], contact, travel, abroad };
}

export const isTravel = (text: string): boolean =>
  codes(text).every(isCode) && codes(text).length <= 20;
