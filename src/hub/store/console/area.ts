/** Ids of the gates a reader may see; undefined for all. None at all is an empty array. */
export type Area = readonly string[] | undefined;

/** A condition and its parameters, put together piece by piece: numbers of parameters fit by themselves. */
export function conditions() {
  const texts: string[] = [];
  const params: unknown[] = [];
  return {
    params,
    /** A parameter; gives back how it is written. */
    value(value: unknown): string {
      params.push(value);
      return `$${params.length}`;
    },
    and(text: string): void {
      texts.push(text);
    },
    /** That the gate in this column is one the reader may see. */
    inArea(column: string, area: Area): void {
      if (area === undefined) return;
      // one gate alone is written as such, so that its index gives rows in order
      const [only, ...others] = area;
      const isOne = only !== undefined && others.length === 0;
      texts.push(
        isOne ? `${column} = ${this.value(only)}` : `${column} = any(${this.value(area)}::text[])`,
      );
    },
    /** All of them, `true` without any. */
    text: () => (texts.length === 0 ? 'true' : texts.join(' and ')),
  };
}
