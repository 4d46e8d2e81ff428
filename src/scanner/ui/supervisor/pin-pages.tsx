import { useEffect, useState } from 'react';
import { Button } from '../../../parts/button.tsx';
import { ScanCode } from '../enrol/scan-code.tsx';
import { PictureButton } from '../parts/picture-button.tsx';
import { usePicture } from '../parts/use-picture.ts';
import { useActions, useApp, useWords } from '../use-ui.ts';
import { NewPinForm, PinForm } from './pin-form.tsx';

/** The way into the supervisor's role: by its PIN, by its first one, or by a reset code where it is forgotten. */
export function PinPages() {
  const pin = useApp((state) => state.pin);
  const reset = useApp((state) => state.pinReset);
  const onShift = useApp((state) => state.shift !== undefined);
  const { t } = useWords();
  const { openSupervisor, setFirstPin, resetPin, lookForPin } = useActions();
  const [isForgotten, setForgotten] = useState(false);
  useEffect(() => {
    void lookForPin();
  }, [lookForPin]);
  if (reset === 'ready') return <NewPinForm lead={t('boss.newPin')} onPin={resetPin} />;
  if (isForgotten) return <Forgotten onBack={() => setForgotten(false)} />;
  if (pin === undefined) return null;
  if (pin === 'none') {
    if (onShift) return <p>{t('boss.noneOnShift')}</p>;
    return <NewPinForm lead={t('boss.first')} onPin={setFirstPin} />;
  }
  return (
    <>
      <PinForm lead={t('boss.lead')} onPin={openSupervisor} />
      <Button onClick={() => setForgotten(true)}>{t('boss.forgotten')}</Button>
    </>
  );
}

/** Reads the operator's reset code: by the camera, a picture, a hardware scanner. */
function Forgotten({ onBack }: { onBack: () => void }) {
  const answer = useApp((state) => state.pinReset);
  const onShift = useApp((state) => state.shift !== undefined);
  const picture = usePicture();
  const { t } = useWords();
  const { scanPinReset } = useActions();
  return (
    <>
      <p>{t(onShift ? 'boss.resetOnShift' : 'boss.resetHow')}</p>
      {!onShift && (
        <>
          <ScanCode aim="boss.resetAim" start={scanPinReset} />
          {answer !== undefined && answer !== 'ready' && answer !== 'awaited' && (
            <p role="alert">
              <strong>{t(`boss.${answer}`)}</strong>
            </p>
          )}
          <PictureButton picture={picture} label={t('boss.resetPicture')} />
        </>
      )}
      <Button onClick={onBack}>{t('card.back')}</Button>
    </>
  );
}

/** Another PIN in place of this one. */
export function ChangePin({ onDone }: { onDone: () => void }) {
  const { t } = useWords();
  const { changePin } = useActions();
  const [old, setOld] = useState<string>();
  if (old === undefined)
    return <PinForm lead={t('boss.oldPin')} onPin={async (pin) => setOld(pin)} />;
  const change = async (pin: string) => {
    await changePin(old, pin);
    onDone();
  };
  return <NewPinForm lead={t('boss.newPin')} onPin={change} />;
}
