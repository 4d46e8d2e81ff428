import { concat, fromUtf8 } from '../core/bytes.ts';
import { err, ok, type Result } from '../core/result.ts';

export type BodyProblem = 'too-large' | 'bad-encoding' | 'unsupported-encoding' | 'malformed';

/**
 * The text of a request body, gunzipped if need be and never more than `maxBytes`, neither on the
 * wire nor inflated: reading stops there, so that a gzip bomb costs no memory.
 */
export async function readText(
  request: Request,
  maxBytes: number,
): Promise<Result<string, BodyProblem>> {
  const encoding = request.headers.get('content-encoding') ?? 'identity';
  if (encoding !== 'gzip' && encoding !== 'identity') return err('unsupported-encoding');
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) return err('too-large');
  if (!request.body) return ok('');
  const cap = new Cap(maxBytes);
  const wire = request.body.pipeThrough(cap.stream());
  const inflated =
    encoding === 'gzip'
      ? wire.pipeThrough(new DecompressionStream('gzip')).pipeThrough(cap.stream())
      : wire;
  try {
    const chunks: Uint8Array[] = [];
    for await (const chunk of inflated) chunks.push(chunk);
    const text = fromUtf8(concat(...chunks));
    return text === undefined ? err('malformed') : ok(text);
  } catch {
    return err(cap.exceeded ? 'too-large' : 'bad-encoding');
  }
}

class Cap {
  exceeded = false;
  readonly #maxBytes: number;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  stream(): TransformStream<Uint8Array, Uint8Array> {
    let seen = 0;
    return new TransformStream({
      transform: (chunk, controller) => {
        seen += chunk.length;
        if (seen > this.#maxBytes) {
          this.exceeded = true;
          controller.error(new RangeError('body too large'));
        } else controller.enqueue(chunk);
      },
    });
  }
}
