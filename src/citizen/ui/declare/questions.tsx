import { symptoms } from '../../../core/health/declaration.ts';
import { Button } from '../../../parts/button.tsx';
import { OneOf, SomeOf } from '../../../parts/choices.tsx';
import type { DeclarationForm } from '../../app/declarations/form.ts';
import css from '../parts/page.module.css';
import { useWords } from '../use-citizen.ts';
import own from './declare.module.css';
import { DistrictField, useDistricts } from './district-field.tsx';

interface Props {
  form: DeclarationForm;
  change: (change: Partial<DeclarationForm>) => void;
  /** What is wrong with a field. */
  wrong: (
    field: 'ill' | 'symptoms' | 'contact' | 'travelled' | 'travel' | 'abroad',
  ) => string | undefined;
}

type Question = 'ill' | 'contact' | 'travelled' | 'abroad';

/** A question with yes and no, neither of them chosen before somebody has. */
function YesNo({ about, form, change, wrong }: Props & { about: Question }) {
  const { t } = useWords();
  const answer = form[about];
  return (
    <OneOf
      legend={t(`declare.${about}`)}
      choices={[
        ['no', t('declare.no')],
        ['yes', t('declare.yes')],
      ]}
      value={answer === undefined ? undefined : answer ? 'yes' : 'no'}
      hint={wrong(about)}
      wrong={wrong(about) !== undefined}
      onChange={(chosen) => change({ [about]: chosen === 'yes' })}
    />
  );
}

/** How they feel. */
export function Health(props: Props) {
  const { form, change, wrong } = props;
  const { t } = useWords();
  return (
    <section className={css['card']}>
      <h2>{t('declare.part.health')}</h2>
      <YesNo {...props} about="ill" />
      {form.ill && (
        <SomeOf
          legend={t('declare.symptoms')}
          choices={symptoms.map((one) => [one, t(`declare.symptom.${one}`)] as const)}
          values={form.symptoms}
          hint={wrong('symptoms')}
          wrong={wrong('symptoms') !== undefined}
          onChange={(chosen) => change({ symptoms: chosen })}
        />
      )}
    </section>
  );
}

/** Whom and where they have been with in 14 days. */
export function ContactAndTravel(props: Props) {
  const { form, change, wrong } = props;
  const { t } = useWords();
  return (
    <section className={css['card']}>
      <h2>{t('declare.part.met')}</h2>
      <YesNo {...props} about="contact" />
      <YesNo {...props} about="travelled" />
      {form.travelled && (
        <Travel
          travel={form.travel}
          wrong={wrong('travel')}
          change={(travel) => change({ travel })}
        />
      )}
      <YesNo {...props} about="abroad" />
    </section>
  );
}

interface TravelProps {
  travel: readonly string[];
  wrong: string | undefined;
  change: (travel: readonly string[]) => void;
}

/** Districts they have been to, one field each; there is always one to fill in. */
function Travel({ travel, wrong, change }: TravelProps) {
  const { t } = useWords();
  const { nameOf } = useDistricts();
  const shown = travel.length === 0 ? [''] : travel;
  const put = (at: number, code: string) =>
    change(shown.map((one, index) => (index === at ? code : one)));
  return (
    <div className={own['travel']}>
      {shown.map((code, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: fields are told apart by their place alone
        <div key={at} className={own['place']}>
          <DistrictField
            label={`${t('declare.travel')} ${at + 1}`}
            none={t('declare.choose')}
            value={code}
            wrong={at === shown.length - 1 ? wrong : undefined}
            onChange={(chosen) => put(at, chosen)}
          />
          {shown.length > 1 && (
            <Button onClick={() => change(shown.filter((_, index) => index !== at))}>
              {t('declare.takeOff', { name: nameOf(code) || String(at + 1) })}
            </Button>
          )}
        </div>
      ))}
      <Button onClick={() => change([...shown, ''])}>{t('declare.addTravel')}</Button>
    </div>
  );
}
