import type { Declaration } from '../../../core/health/declaration.ts';
import { useWords } from '../use-citizen.ts';
import own from './declare.module.css';
import { useDistricts } from './district-field.tsx';

/** A declaration, told whole. */
export function Facts({ of }: { of: Declaration }) {
  const { t } = useWords();
  const { nameOf } = useDistricts();
  const said = (yes: boolean) => t(yes ? 'declare.yesSaid' : 'declare.noneSaid');
  const all = (texts: readonly string[]) => (texts.length === 0 ? [t('declare.noneSaid')] : texts);
  const rows: readonly (readonly [string, string | readonly string[], boolean?])[] = [
    [t('declare.phone'), of.phone],
    [t('declare.address'), of.address],
    [t('declare.district'), nameOf(of.district)],
    [
      t('declare.symptomsSaid'),
      all(of.symptoms.map((one) => t(`declare.symptom.${one}`))),
      of.symptoms.length > 0,
    ],
    [t('declare.contactSaid'), said(of.contact), of.contact],
    [t('declare.travelSaid'), all(of.travel.map(nameOf)), of.travel.length > 0],
    [t('declare.abroadSaid'), said(of.abroad), of.abroad],
    ...(of.seenAt === undefined ? [] : [[t('declare.seenAtSaid'), nameOf(of.seenAt)] as const]),
  ];
  return (
    <dl className={own['facts']}>
      {rows.map(([what, value, isYes = false]) => (
        <div key={what}>
          <dt>{what}</dt>
          {[value].flat().map((one) => (
            <dd key={one} data-yes={isYes}>
              {one}
            </dd>
          ))}
        </div>
      ))}
    </dl>
  );
}
