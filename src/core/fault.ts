/** Every way the environment can break under us. Stable: screens, tests and the help desk refer to these. */
export type FaultCode =
  | 'storage-unavailable'
  | 'storage-quota'
  | 'storage-closed'
  | 'storage-corrupt'
  | 'camera-denied'
  | 'camera-missing'
  | 'camera-unsupported'
  | 'camera-busy'
  | 'camera-insecure'
  | 'camera-failed'
  | 'decoder-failed'
  | 'picture-unreadable'
  | 'picture-too-large'
  | 'key-unavailable'
  | 'config-invalid'
  | 'internal';

/**
 * The environment broke (disk full, camera gone, bad configuration). Thrown, never returned:
 * a pass is never a fault (it gets a verdict) and an expected refusal is a `Result`.
 * The message must hold no token, name or id.
 */
export class Fault extends Error {
  // declared only: a field of a class is a helper script to old browsers, before the camera
  declare readonly code: FaultCode;

  constructor(code: FaultCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'Fault';
    this.code = code;
  }
}

/** The fault an unknown thrown value stands for: itself, or `fallback`. */
export function asFault(thrown: unknown, fallback: FaultCode): Fault {
  if (thrown instanceof Fault) return thrown;
  return new Fault(fallback, thrown instanceof Error ? thrown.message : 'unknown failure', {
    cause: thrown,
  });
}
