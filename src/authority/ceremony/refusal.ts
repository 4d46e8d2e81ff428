import { Fault } from '../../core/fault.ts';

/** The operator typed something that cannot be meant: exit code 64. */
export class UsageError extends Error {}

/** What was asked is understood and not done: one line, exit code 1. */
export const refusal = (message: string): Fault => new Fault('config-invalid', message);
