import type { Refusal } from '../../ports/ask-json.ts';

const unanswered = new Set(['offline', 'odd', 'internal', 'unavailable', 'busy', 'too-slow']);

/** No answer that says what became of it: it may have been done, and is looked for before it is sent again. */
export const doubtful = ({ code }: Refusal): boolean => unanswered.has(code);
