import { WebSocket } from 'ws';

/** One connection of WebDriver BiDi: commands and their answers. */
export interface Bidi {
  send<Value = unknown>(method: string, params: object): Promise<Value>;
  close(): void;
}

interface Answer {
  readonly id?: number;
  readonly type: 'success' | 'error' | 'event';
  readonly result?: unknown;
  readonly error?: string;
  readonly message?: string;
}

/** Connects; a refused command, or one that is open when the browser ends, is thrown. */
export async function connectBidi(url: string): Promise<Bidi> {
  const socket = new WebSocket(url);
  const open = new Map<number, (answer: Answer) => void>();
  let last = 0;
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  socket.on('error', () => undefined);
  socket.on('close', () => {
    for (const answer of open.values()) answer({ type: 'error', error: 'the browser ended' });
    open.clear();
  });
  socket.on('message', (data) => {
    const answer = JSON.parse(data.toString()) as Answer;
    if (answer.id === undefined) return;
    open.get(answer.id)?.(answer);
    open.delete(answer.id);
  });
  return {
    send<Value>(method: string, params: object) {
      const id = ++last;
      return new Promise<Value>((resolve, reject) => {
        open.set(id, ({ type, result, error, message }) => {
          if (type === 'success') resolve(result as Value);
          else reject(new Error(`${method}: ${error} ${message ?? ''}`));
        });
        socket.send(JSON.stringify({ id, method, params }));
      });
    },
    close: () => socket.close(),
  };
}
