/** One open answer of server-sent events. */
export interface EventSink {
  /** Whether a message sent now goes out; without room nothing is lost by waiting. */
  hasRoom(): boolean;
  /** The newest message; one that found no room is dropped for a newer one. */
  send(message: string): void;
  /** A comment, so that proxies and pages know that the line is alive. */
  beat(): void;
  end(): void;
}

/** Milliseconds after which a reader who takes nothing is cut. */
export const stallMs = 60_000;

const headers = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store',
  // nginx would keep what is meant for now
  'x-accel-buffering': 'no',
} as const;

const comment = ': alive\n\n';

/**
 * An answer of server-sent events (HTML section 9.2) that goes on until `end`, or until the reader goes
 * away or reads nothing. `begin` gets it and returns what to do when it is over, for whatever reason.
 * It begins with a comment: headers go out with the first bytes.
 */
export function eventStream(
  begin: (sink: EventSink) => () => void,
  monotonic: () => number,
): Response {
  const encoder = new TextEncoder();
  let over: (() => void) | undefined;
  let waiting: string | undefined;
  let fullSince: number | undefined;
  const finish = () => {
    over?.();
    over = undefined;
  };
  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const write = (text: string) => controller.enqueue(encoder.encode(text));
        const hasRoom = () => (controller.desiredSize ?? 0) > 0;
        const cutWhenStalled = () => {
          fullSince ??= monotonic();
          if (monotonic() - fullSince < stallMs) return;
          finish();
          controller.error(new Error('nobody reads'));
        };
        over = begin({
          hasRoom: () => over !== undefined && hasRoom(),
          send(message) {
            if (!over) return;
            if (hasRoom()) return write(message);
            waiting = message;
            cutWhenStalled();
          },
          beat() {
            if (!over) return;
            if (hasRoom()) return write(comment);
            cutWhenStalled();
          },
          end() {
            if (!over) return;
            finish();
            controller.close();
          },
        });
        write(comment);
      },
      pull(controller) {
        fullSince = undefined;
        if (waiting === undefined || !over) return;
        controller.enqueue(encoder.encode(waiting));
        waiting = undefined;
      },
      cancel: finish,
    },
    { highWaterMark: 2 },
  );
  return new Response(body, { headers });
}
