/** Far more than any pass; what a longer line says beyond it cannot matter. */
const longest = 4096;

/** The lines of a UTF-8 stream, split at LF with one CR before it dropped, each cut at 4096 characters. */
export async function* readLines(input: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of input) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = (lines.pop() ?? '').slice(0, longest);
    for (const line of lines) yield tidy(line);
  }
  rest += decoder.decode();
  if (rest !== '') yield tidy(rest);
}

const tidy = (line: string): string => line.replace(/\r$/, '').slice(0, longest);

/** Maps in order with at most `width` under way, so that memory stays flat. */
export async function* mapOrdered<A, B>(
  items: AsyncIterable<A>,
  width: number,
  map: (item: A) => Promise<B>,
): AsyncGenerator<B> {
  const underWay: Promise<B>[] = [];
  for await (const item of items) {
    underWay.push(map(item));
    const oldest = underWay.length >= width ? underWay.shift() : undefined;
    if (oldest) yield await oldest;
  }
  for (const next of underWay) yield await next;
}
