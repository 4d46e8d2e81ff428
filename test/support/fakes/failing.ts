import { Fault, type FaultCode } from '../../../src/core/fault.ts';

/** Lets a test break a fake: while a code is set, its calls throw that fault. */
export interface Breakable {
  /** Every call. */
  breakWith(code: FaultCode | undefined): void;
  /** Only what writes, as on a full disk. */
  breakWritesWith(code: FaultCode | undefined): void;
}

export function breaker(): Breakable & { check(): void; checkWrite(): void } {
  let broken: FaultCode | undefined;
  let full: FaultCode | undefined;
  const check = () => {
    if (broken) throw new Fault(broken, 'broken by the test');
  };
  return {
    breakWith: (code) => {
      broken = code;
    },
    breakWritesWith: (code) => {
      full = code;
    },
    check,
    checkWrite() {
      check();
      if (full) throw new Fault(full, 'broken by the test');
    },
  };
}
