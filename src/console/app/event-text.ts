/** Messages out of the text of a stream of events (HTML section 9.2), as our hub writes it. */
export interface EventMessage {
  /** `''`: a comment, which only says that the line is alive. */
  readonly event: string;
  readonly data: string;
}

/** Takes pieces of text as they come, and gives the messages that are whole. */
export function eventMessages(): (piece: string) => EventMessage[] {
  let rest = '';
  return (piece) => {
    const blocks = (rest + piece).split('\n\n');
    rest = blocks.pop() ?? '';
    return blocks.map(read);
  };
}

function read(block: string): EventMessage {
  const of = (name: string) =>
    block
      .split('\n')
      .filter((line) => line.startsWith(`${name}: `))
      .map((line) => line.slice(name.length + 2))
      .join('\n');
  return { event: of('event'), data: of('data') };
}
