/** Milliseconds after which a download that takes nothing more is ended. */
export const stalledMs = 60_000;

/** Room for downloads that are under way, over all who ask. */
export interface Downloads {
  /** Undefined when there is no room. */
  begin(): (() => void) | undefined;
}

export function createDownloads(most: number): Downloads {
  let open = 0;
  return {
    begin() {
      if (open >= most) return undefined;
      open++;
      let isOver = false;
      return () => {
        if (!isOver) open--;
        isOver = true;
      };
    },
  };
}

/**
 * Bytes as whoever downloads takes them: nothing is read ahead. Ends, and says so by `over`, when all
 * is taken, when the other side goes, when the work fails, or when nothing was taken for a minute.
 */
export function held(
  bytes: AsyncGenerator<Uint8Array, void, undefined>,
  over: () => void,
  stalled: number = stalledMs,
): ReadableStream<Uint8Array> {
  let timer: NodeJS.Timeout | undefined;
  const end = (): void => {
    clearTimeout(timer);
    over();
  };
  /** Also before the first byte: an answer that nobody begins to read holds a place too. */
  function wait(controller: ReadableStreamDefaultController<Uint8Array>): void {
    clearTimeout(timer);
    timer = setTimeout(() => {
      end();
      controller.error(new Error('nobody takes the download'));
      void bytes.return();
    }, stalled);
    timer.unref();
  }
  return new ReadableStream<Uint8Array>(
    {
      start: wait,
      async pull(controller) {
        clearTimeout(timer);
        try {
          const { done, value } = await bytes.next();
          if (done) {
            end();
            controller.close();
            return;
          }
          controller.enqueue(value);
        } catch (cause) {
          end();
          throw cause;
        }
        wait(controller);
      },
      async cancel() {
        end();
        await bytes.return();
      },
    },
    { highWaterMark: 0 },
  );
}
