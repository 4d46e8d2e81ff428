/** What is given the built-ins: the page's or the worker's globals, or those of another realm. */
export interface Realm {
  readonly Object: ObjectConstructor;
  readonly Array: ArrayConstructor;
  readonly String: StringConstructor;
  readonly Uint8Array: Uint8ArrayConstructor;
}

/**
 * Adds what our code and its libraries use and the oldest browsers (Chromium 89, Safari 15.4, Firefox
 * 105) may lack, as ECMAScript has it: `Object.hasOwn`, `at`, `findLast`. What is there stays.
 */
export function addBuiltIns(realm: Realm = globalThis): void {
  const { Object: object, Array: array, String: string, Uint8Array: bytes } = realm;
  const add = (to: object, name: string, value: unknown) => {
    if (name in to) return;
    object.defineProperty(to, name, { value, writable: true, configurable: true });
  };
  add(object, 'hasOwn', (of: object, name: PropertyKey) =>
    object.prototype.hasOwnProperty.call(of, name),
  );
  const typed: object = object.getPrototypeOf(bytes.prototype);
  for (const list of [array.prototype, typed, string.prototype]) add(list, 'at', at);
  for (const list of [array.prototype, typed]) add(list, 'findLast', findLast);
}

function at<T>(this: ArrayLike<T>, place: number): T | undefined {
  const index = Math.trunc(place) || 0;
  return this[index < 0 ? this.length + index : index];
}

function findLast<T>(
  this: ArrayLike<T>,
  test: (value: T, index: number, list: ArrayLike<T>) => unknown,
): T | undefined {
  for (let index = this.length - 1; index >= 0; index--) {
    const value = this[index] as T;
    if (test(value, index, this)) return value;
  }
  return undefined;
}
