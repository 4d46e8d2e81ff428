import * as v from 'valibot';

/** The most characters of one line: the files that go with a command, above all. */
export const longestLine = 16 * 1024 * 1024;

const request = v.object({
  v: v.literal(1),
  /** The command and its arguments. */
  args: v.pipe(v.array(v.string()), v.minLength(1), v.readonly()),
  /** What the files named there hold, base64. */
  files: v.record(v.string(), v.string()),
  /** IANA name of the zone of whoever asks. */
  zone: v.string(),
});
/** What a command line asks of the running hub: one line of JSON. */
export type CommandRequest = v.InferOutput<typeof request>;

/** What the hub says to it, a line each: a line on either stream, a piece as it is, and at the end the exit code. */
const reply = v.union([
  v.object({ out: v.string() }),
  v.object({ err: v.string() }),
  v.object({ piece: v.string() }),
  v.object({ exit: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(255)) }),
]);
export type CommandReply = v.InferOutput<typeof reply>;

export const readRequest = (line: string): CommandRequest | undefined => read(request, line);
export const readReply = (line: string): CommandReply | undefined => read(reply, line);

function read<S extends v.GenericSchema>(schema: S, line: string): v.InferOutput<S> | undefined {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), schema), line);
  return parsed.success ? parsed.output : undefined;
}

export class LineTooLong extends Error {}

/** The lines of what comes in pieces, LF at their end; half a line at the end is none. */
export async function* linesOf(
  pieces: AsyncIterable<Uint8Array>,
  longest: number = longestLine,
): AsyncGenerator<string> {
  let waiting: Uint8Array[] = [];
  let size = 0;
  for await (const piece of pieces) {
    let from = 0;
    for (;;) {
      const end = piece.indexOf(10, from);
      const part = piece.subarray(from, end < 0 ? undefined : end);
      waiting.push(part);
      size += part.length;
      if (size > longest) throw new LineTooLong();
      if (end < 0) break;
      yield Buffer.concat(waiting).toString('utf8');
      [waiting, size, from] = [[], 0, end + 1];
    }
  }
}
