import { type ScannedWith, scannedWiths } from '../../../core/log/outcome.ts';
import { useActions, useApp, useWords } from '../use-ui.ts';
import { Choice } from './choice.tsx';

interface Props {
  value: ScannedWith | undefined;
  onChange: (scannedWith: ScannedWith | undefined) => void;
  compact?: boolean;
}

/**
 * How everybody is measured before the code is shown: asked once a shift, where the venue's rule leaves
 * it at that, and nowhere else. Nothing is chosen beforehand: without an answer the card asks each time.
 */
export function ScannedWithChoice({ value, onChange, compact = false }: Props) {
  const isAsked = useApp(({ trust }) => trust.temperature?.mode === 'exception');
  const { t } = useWords();
  if (!isAsked) return null;
  return (
    <Choice
      title={t('measure.title')}
      value={value ?? 'each'}
      compact={compact}
      options={[
        ...scannedWiths.map((word) => [word, t(`measure.${word}`)] as const),
        ['each', t('measure.each')] as const,
      ]}
      onChange={(word) => onChange(word === 'each' ? undefined : word)}
    />
  );
}

/** The same of the shift that runs. */
export function ChangeScannedWith() {
  const scannedWith = useApp(({ shift }) => shift?.scannedWith);
  const isRunning = useApp(({ shift }) => shift !== undefined);
  const { setScannedWith } = useActions();
  if (!isRunning) return null;
  return <ScannedWithChoice value={scannedWith} onChange={(word) => void setScannedWith(word)} />;
}
