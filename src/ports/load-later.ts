/** What may be asked of something that is not there yet: every answer is a promise, or none is waited for. */
type Questions<Part> = { readonly [Name in keyof Part]: (...values: never[]) => unknown };

/** Every question a part answers, once. The compiler asks for each of them and takes no other. */
export type NamesOf<Part> = Readonly<Record<keyof Part, true>>;

/**
 * A part whose code is loaded with the first question put to it. What it throws, and that it cannot be
 * loaded, arrive where it was asked; the next question tries to load it again.
 */
export function loadLater<Part extends Questions<Part>>(
  names: NamesOf<Part>,
  load: () => Promise<Part>,
): Part {
  let loading: Promise<Part> | undefined;
  async function ask(name: keyof Part, values: never[]): Promise<unknown> {
    loading ??= load();
    loading.catch(() => {
      loading = undefined; // the next question tries again
    });
    return (await loading)[name](...values);
  }
  const asked = Object.keys(names).map((name) => [
    name,
    (...values: never[]) => ask(name as keyof Part, values),
  ]);
  return Object.fromEntries(asked);
}
