import type { CodeReader } from '../../../ports/code-reader.ts';
import { type AppStore, clear } from '../store.ts';
import { isEnrolment } from './enrolment-code.ts';

interface Needs {
  readonly store: AppStore;
  readonly reader: Pick<CodeReader, 'start' | 'stop'>;
  enrol(link: string): Promise<void>;
}

/** The camera before there is a gate. */
export type EnrolActions = ReturnType<typeof createEnrolActions>;

export function createEnrolActions({ store, reader, enrol }: Needs) {
  return {
    /** Opens the camera for a one-use enrolment QR and enrols with the first one it sees. */
    async scanEnrolment(): Promise<void> {
      await reader.start({
        status: (camera) => store.setState({ camera }),
        text(text) {
          if (!isEnrolment(text)) return;
          reader.stop();
          void enrol(text);
        },
      });
    },
    /** The guard saw the same six digits on both screens. */
    confirmEnrolment: () => clear(store, 'enrolDigits'),
  };
}
