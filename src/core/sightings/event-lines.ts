/** One event of a stream of server-sent events (HTML section 9.2). */
export interface ServerEvent {
  readonly event: string;
  readonly data: string;
  /** The newest id told so far, with this event or before; `''` when none was. */
  readonly id: string;
}

/** Characters of a line that never ends, and of an event's data, after which a stream is none of ours. */
const mostText = 64 * 1024;

/**
 * Reads the pieces of such a stream as they come. Throws a `RangeError` where a line or an event grows
 * without end: the memory of a phone is not the sender's.
 */
export function eventLines(): (piece: string) => ServerEvent[] {
  let rest = '';
  let id = '';
  let event = '';
  let data: string[] = [];
  let size = 0;

  function take(line: string, out: ServerEvent[]): void {
    if (line === '') {
      if (data.length > 0) out.push({ event: event || 'message', data: data.join('\n'), id });
      event = '';
      data = [];
      size = 0;
      return;
    }
    const colon = line.indexOf(':');
    if (colon === 0) return; // a comment: the line is alive
    const name = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (name === 'event') event = value;
    if (name === 'id' && !value.includes('\u0000')) id = value;
    if (name !== 'data') return;
    size += value.length;
    if (size > mostText) throw new RangeError('an event is too long');
    data.push(value);
  }

  return (piece) => {
    const lines = (rest + piece).split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? '';
    if (rest.length > mostText) throw new RangeError('a line is too long');
    const out: ServerEvent[] = [];
    for (const line of lines) take(line, out);
    return out;
  };
}
