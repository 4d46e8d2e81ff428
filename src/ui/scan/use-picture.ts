import { useState } from 'react';
import { useActions } from '../use-ui.ts';

export interface PictureScan {
  readonly state: 'idle' | 'busy' | 'none';
  read(file: File): Promise<void>;
}

/** Scanning a picture file: busy while it is read, `none` when it held no code. */
export function usePicture(): PictureScan {
  const { readPicture } = useActions();
  const [state, setState] = useState<PictureScan['state']>('idle');
  return {
    state,
    async read(file) {
      setState('busy');
      const found = await readPicture(file);
      setState(found === 0 ? 'none' : 'idle');
    },
  };
}
