/** To the first field of a form that is wrong; of a question, to its first answer. */
export function focusFirstWrong(form: HTMLElement | null): void {
  const wrong = form?.querySelector<HTMLElement>('[aria-invalid="true"]');
  (wrong?.querySelector<HTMLElement>('input') ?? wrong)?.focus();
}
