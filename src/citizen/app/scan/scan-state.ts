import type { CameraStatus } from '../../../ports/code-reader.ts';

export interface ScanState {
  readonly camera: CameraStatus;
  /** The last picture: `none`: no code on it; `failed`: it could not be read. */
  readonly picture: 'reading' | 'none' | 'failed' | undefined;
}
