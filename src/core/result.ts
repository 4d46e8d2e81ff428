/** An expected outcome: either a value or a typed reason why there is none. Never thrown. */
export type Result<T, E> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: E };

export const ok = <T>(value: T): { readonly ok: true; readonly value: T } => ({ ok: true, value });
export const err = <E>(error: E): { readonly ok: false; readonly error: E } => ({
  ok: false,
  error,
});

/** Makes a `switch` exhaustive: it does not compile while a case is missing, and fails closed at run time. */
export function unreachable(value: never): never {
  throw new TypeError(`unexpected value ${String(value)}`);
}
