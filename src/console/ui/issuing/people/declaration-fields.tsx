import { symptoms } from '../../../../core/health/declaration.ts';
import { Field } from '../../../../parts/labelled.tsx';
import { useDesk, useWords } from '../../use-console.ts';
import { Check, Group } from '../check.tsx';
import { useScheme } from '../scheme.ts';
import { isCode, isTravel, type Said } from './said.ts';

interface Props {
  said: Said;
  onChange: (said: Said) => void;
}

export function DeclarationFields({ said, onChange }: Props) {
  const { t } = useWords();
  const language = useDesk((state) => state.language);
  const { districts, districtName } = useScheme();
  const set = (part: Partial<Said>) => onChange({ ...said, ...part });
  const district = said.district.trim();
  const isOdd = district.length >= 6 && !isCode(district);
  const isNamed = isCode(district) && districtName(district) !== district;
  return (
    <>
      <Field
        {...{ label: t('declare.phone'), hint: t('declare.phoneHint'), value: said.phone }}
        onChange={(phone) => set({ phone })}
        type="tel"
        maxLength={20}
      />
      <Field
        {...{ label: t('declare.address'), value: said.address, maxLength: 100 }}
        onChange={(address) => set({ address })}
      />
      <Field
        label={t('declare.district')}
        hint={
          isOdd
            ? t('declare.districtWrong')
            : isNamed
              ? districtName(district)
              : t('declare.districtHint')
        }
        wrong={isOdd}
        value={said.district}
        onChange={(typed) => set({ district: typed })}
        list="districts"
        inputMode="numeric"
        maxLength={6}
      />
      <datalist id="districts">
        {Object.entries(districts).map(([code, name]) => (
          <option key={code} value={code}>
            {name[language]}
          </option>
        ))}
      </datalist>
      <Field
        {...{ label: t('declare.travel'), value: said.travel, maxLength: 140 }}
        hint={isTravel(said.travel) ? t('declare.travelHint') : t('declare.districtWrong')}
        wrong={!isTravel(said.travel)}
        onChange={(travel) => set({ travel })}
      />
      <Group title={t('declare.symptoms')}>
        {symptoms.map((one) => (
          <Check
            key={one}
            checked={said.symptoms.includes(one)}
            onChange={(on) =>
              set({
                symptoms: on
                  ? [...said.symptoms, one]
                  : said.symptoms.filter((other) => other !== one),
              })
            }
          >
            {t(`symptom.${one}`)}
          </Check>
        ))}
      </Group>
      <Group title={t('declare.title')}>
        <Check checked={said.contact} onChange={(contact) => set({ contact })}>
          {t('declare.contact')}
        </Check>
        <Check checked={said.abroad} onChange={(abroad) => set({ abroad })}>
          {t('declare.abroad')}
        </Check>
      </Group>
    </>
  );
}
