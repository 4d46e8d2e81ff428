import { Button } from '../../../parts/button.tsx';
import type { LossyPlace } from '../../app/enrol/enrol-state.ts';
import { Bilingual } from '../parts/bilingual.tsx';
import { useActions } from '../use-ui.ts';
import css from './enrol.module.css';

/** Before a one-use code is spent: what is lost here, where it stays, and on all the same. */
export function LossyPlaceNote({ place }: { place: LossyPlace }) {
  const { enrolHere, enrolElsewhere } = useActions();
  return (
    <>
      <h1>
        <Bilingual text={(t) => t('enrol.place.title')} />
      </h1>
      <p role="alert" className={css['problem']}>
        <Bilingual text={(t) => t(`enrol.place.${place}`)} />
      </p>
      <p>
        <Bilingual text={(t) => t(`enrol.place.${place}.next`)} />
      </p>
      <Button kind="primary" onClick={() => void enrolElsewhere()}>
        <span>
          <Bilingual text={(t) => t('enrol.place.leave')} />
        </span>
      </Button>
      <Button onClick={() => void enrolHere()}>
        <span>
          <Bilingual text={(t) => t('enrol.place.here')} />
        </span>
      </Button>
    </>
  );
}
