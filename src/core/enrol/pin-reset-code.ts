/** What comes before the token in the code an operator shows. */
export const pinResetScheme = 'kakou:pin-reset#';

/** Whether a text is an operator's reset code, good or bad: known before what opens it is loaded. */
export const isPinReset = (text: string): boolean => text.startsWith(pinResetScheme);
