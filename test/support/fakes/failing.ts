import { Fault, type FaultCode } from '../../../src/core/fault.ts';

/** Lets a test break a fake: while a code is set, every call of the fake throws that fault. */
export interface Breakable {
  breakWith(code: FaultCode | undefined): void;
}

export function breaker(): Breakable & { check(): void } {
  let broken: FaultCode | undefined;
  return {
    breakWith: (code) => {
      broken = code;
    },
    check: () => {
      if (broken) throw new Fault(broken, 'broken by the test');
    },
  };
}
