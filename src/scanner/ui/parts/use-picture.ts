import { useMemo } from 'react';
import type { AppState } from '../../app/state.ts';
import { useActions, useApp } from '../use-ui.ts';

export interface PictureScan {
  /** What became of the last picture, however it came in: picked, dropped or pasted. */
  readonly state: AppState['picture'];
  read(file: File): Promise<void>;
}

/** Scanning a picture file, and how that went. */
export function usePicture(): PictureScan {
  const { readPicture } = useActions();
  const state = useApp(({ picture }) => picture);
  return useMemo(() => ({ state, read: readPicture }), [state, readPicture]);
}
