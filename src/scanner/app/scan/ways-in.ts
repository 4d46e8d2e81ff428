import { isPinReset } from '../../../core/enrol/pin-reset-code.ts';
import { asFault } from '../../../core/fault.ts';
import { classify } from '../../../core/pass/classify.ts';
import { scannerTrouble, withoutAim } from '../../../core/verify/scanner-trouble.ts';
import type { CodeReader, PictureCode, PictureFile } from '../../../ports/code-reader.ts';
import { isEnrolment } from '../enrol/enrolment-code.ts';
import { type AppStore, clear } from '../store.ts';
import type { ScanSession } from './scan-session.ts';
import type { ChoiceCode, PictureAnswer } from './scan-state.ts';

/** Codes that do not come out of the camera: hardware scanners and pictures. */
export interface WaysIn {
  /** Judges a text in a running shift, enrols with one where there is no gate yet; else drops it. */
  present(text: string, method: 'wedge' | 'picture'): Promise<void>;
  /** Presents the one code of a picture picked, dropped or pasted; of several the guard is to choose. `picture` says how it went. */
  readPicture(file: PictureFile): Promise<void>;
  /** Presents one code of `choice`, by its place; none gives the choice up. */
  chooseCode(place?: number): Promise<void>;
}

interface Needs {
  readonly store: AppStore;
  readonly reader: Pick<CodeReader, 'hold' | 'readPicture'>;
  readonly session: ScanSession;
  enrol(link: string): Promise<void>;
  takePinReset(text: string): Promise<void>;
}

export function createWaysIn({ store, reader, session, enrol, takePinReset }: Needs): WaysIn {
  /** The texts stay here: screens see where the codes are and not what they hold. */
  let found: readonly PictureCode[] = [];

  /** Only the picture read last has an answer on screen. */
  let reads = 0;
  store.subscribe(({ card, picture }, before) => {
    if (card && card !== before.card && picture && picture !== 'busy') clear(store, 'picture');
  });

  /** Somebody is there to see what comes of it. */
  function isWanted(text: string): boolean {
    const { phase, shift, pinReset } = store.getState();
    if (phase === 'enrol') return isEnrolment(text);
    if (pinReset !== undefined && isPinReset(text)) return true;
    return shift !== undefined && shift.pausedAt === undefined;
  }

  function giveUp(): void {
    found = [];
    if (store.getState().choice === undefined) return;
    clear(store, 'choice');
    reader.hold(store.getState().card !== undefined);
  }

  async function present(given: string, method: 'wedge' | 'picture'): Promise<void> {
    giveUp();
    const text = method === 'wedge' ? withoutAim(given) : given;
    // first: a token after other words looks like a pass that a scanner has put a prefix to
    if (store.getState().pinReset !== undefined && isPinReset(text)) return takePinReset(text);
    const wedgeTrouble = method === 'wedge' ? scannerTrouble(text) : undefined;
    // the scanner's doing and not the person's: named, not judged, not logged
    if (wedgeTrouble) {
      session.leavePass();
      return store.setState({ wedgeTrouble });
    }
    const { phase, shift } = store.getState();
    if (phase === 'enrol' && isEnrolment(text)) return enrol(text);
    if (shift && shift.pausedAt === undefined) await session.present(text, method);
  }

  function ask(picture: PictureFile, codes: readonly PictureCode[]): void {
    const { card, shift } = store.getState();
    if (card || !shift || shift.pausedAt !== undefined) return;
    found = codes;
    reader.hold(true);
    store.setState({ choice: { picture, codes: codes.map(unread) } });
  }

  return {
    present,
    async readPicture(file) {
      const mine = ++reads;
      const answer = (picture: PictureAnswer) => {
        if (mine === reads) store.setState({ picture });
      };
      if (store.getState().kiosk) return; // a picture is nobody who stands there
      session.leavePass();
      if (store.getState().card) return answer('card-first');
      answer('busy');
      try {
        const codes = await reader.readPicture(file);
        const [only, ...others] = codes;
        if (only === undefined) return answer('none');
        if (!isWanted(only.text)) return answer('no-shift');
        if (mine === reads) clear(store, 'picture');
        if (others.length === 0) await present(only.text, 'picture');
        else ask(file, codes);
      } catch (thrown) {
        answer(answerFor(thrown));
      }
    },
    async chooseCode(place) {
      const chosen = place === undefined ? undefined : found[place];
      giveUp();
      if (chosen) await present(chosen.text, 'picture');
    },
  };
}

function answerFor(thrown: unknown): PictureAnswer {
  const { code } = asFault(thrown, 'decoder-failed');
  return code === 'picture-unreadable' || code === 'picture-too-large' ? code : 'decoder-failed';
}

/** What may be said of a code that was not verified: where it is, and what it claims to be. */
function unread({ text, corners }: PictureCode): ChoiceCode {
  const claim = classify(text);
  return { corners, what: 'pass' in claim ? 'pass' : claim.notAPass };
}
