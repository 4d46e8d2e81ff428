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

/** Ids of the cameras there are; empty until the person has allowed one. */
export async function lensIds(): Promise<string[]> {
  const devices = await navigator.mediaDevices.enumerateDevices();
  return devices
    .filter(({ kind, deviceId }) => kind === 'videoinput' && deviceId !== '')
    .map(({ deviceId }) => deviceId);
}

/** All wishes, no demands: an `exact` one fails on phones that name their lenses otherwise. */
export function wishes(deviceId: string | undefined): MediaStreamConstraints {
  return {
    audio: false,
    video: {
      width: { ideal: 1280 },
      height: { ideal: 720 },
      ...(deviceId === undefined
        ? { facingMode: { ideal: 'environment' } }
        : { deviceId: { ideal: deviceId } }),
    },
  };
}
