import { isPinReset } from '../../../core/enrol/pin-reset-code.ts';
import type { CodeReader } from '../../../ports/code-reader.ts';
import type { AppStore } from '../store.ts';
import { isEnrolment } from './enrolment-code.ts';

interface Needs {
  readonly store: AppStore;
  readonly reader: Pick<CodeReader, 'start' | 'stop'>;
  enrol(link: string): Promise<void>;
  takePinReset(text: string): Promise<void>;
}

/** The camera for an operator's one-use codes, outside of a shift. */
export type EnrolActions = ReturnType<typeof createEnrolActions>;

export function createEnrolActions({ store, reader, enrol, takePinReset }: Needs) {
  /** Opens the camera and takes the first code it sees that is one of these. */
  const scanFor = (isIt: (text: string) => boolean, take: (text: string) => Promise<void>) =>
    reader.start({
      status: (camera) => store.setState({ camera }),
      text(text) {
        if (!isIt(text)) return;
        reader.stop();
        void take(text);
      },
    });
  return {
    /** Enrols with the first one-use enrolment QR before the camera. */
    scanEnrolment: () => scanFor(isEnrolment, enrol),
    /** The supervisor has forgotten the PIN and shows the hub's reset QR. */
    scanPinReset(): Promise<void> {
      if (store.getState().pinReset === undefined) store.setState({ pinReset: 'awaited' });
      return scanFor(isPinReset, takePinReset);
    },
  };
}
