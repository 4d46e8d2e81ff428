/** Remembers which lens the guard chose. The id is random per origin and names no person. */
const key = 'kakou.lens';

export function rememberedLens(): string | undefined {
  try {
    return localStorage.getItem(key) ?? undefined;
  } catch {
    return undefined; // storage is switched off: the back camera then
  }
}

export function rememberLens(deviceId: string): void {
  try {
    localStorage.setItem(key, deviceId);
  } catch {
    // not worth a word: the choice is made again next time
  }
}

/** Ids of the cameras there are; empty until the person has allowed one, and where nobody tells. */
export async function lensIds(): Promise<string[]> {
  const devices = await navigator.mediaDevices.enumerateDevices().catch(() => []);
  return devices
    .filter(({ kind, deviceId }) => kind === 'videoinput' && deviceId !== '')
    .map(({ deviceId }) => deviceId);
}

/**
 * All wishes, no demands: an `exact` one fails on phones that name their lenses otherwise. A lens not
 * known to be there never stands alone: if it is gone, what opened instead could be the front one.
 */
export function wishes(
  lens: string | undefined,
  isThere: boolean,
  side: 'environment' | 'user' = 'environment',
): MediaStreamConstraints {
  return {
    audio: false,
    video: {
      width: { ideal: 1280 },
      height: { ideal: 720 },
      ...(lens !== undefined && { deviceId: { ideal: lens } }),
      ...(!isThere && { facingMode: { ideal: side } }),
    },
  };
}

/**
 * Opens the lens remembered, or the back camera where that one is gone (unplugged, or its id changed,
 * as Safari does). Before the camera is allowed nobody can tell: then both are wished for, and the
 * lens is asked for again if it turns out to be there and another one opened.
 */
export async function openLens(
  lens: string | undefined,
  ask: (wishes: MediaStreamConstraints) => Promise<MediaStream>,
  letGo: (stream: MediaStream) => void,
): Promise<MediaStream> {
  const ids = lens === undefined ? [] : await lensIds();
  const isGone = ids.length > 0 && !ids.includes(lens ?? '');
  if (lens === undefined || isGone) return ask(wishes(undefined, false));
  if (ids.length > 0) return ask(wishes(lens, true));
  const stream = await ask(wishes(lens, false));
  const opened = stream.getVideoTracks()[0]?.getSettings().deviceId;
  if (opened === undefined || opened === lens) return stream;
  if (!(await lensIds()).includes(lens)) return stream;
  letGo(stream);
  return ask(wishes(lens, true));
}
