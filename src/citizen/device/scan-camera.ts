import type { ScanCamera } from '../app/scan/scan-actions.ts';

/** The camera of this phone: its code, the decoder's worker and WebAssembly come with the first question. */
export function scanCamera(): ScanCamera {
  let loading: Promise<Awaited<ReturnType<typeof load>>> | undefined;
  const loaded = () => {
    loading ??= load();
    loading.catch(() => {
      loading = undefined; // the next question tries again
    });
    return loading;
  };
  return {
    start: async (on) => (await loaded()).reader.start(on),
    async stop() {
      // what was never loaded is not running
      if (loading) (await loading).reader.stop();
    },
    readPicture: async (file) => (await loaded()).reader.readPicture(file),
    mount: async (container) => (await loaded()).mount(container as HTMLElement),
  };
}

async function load() {
  const [{ createCamera, mountVideo }, { createCodeReader }, { chooseDecoder }] = await Promise.all(
    [
      import('../../browser/camera/camera.ts'),
      import('../../browser/camera/code-reader.ts'),
      import('../../browser/camera/choose-decoder.ts'),
    ],
  );
  const camera = createCamera();
  return {
    reader: createCodeReader(camera, chooseDecoder()),
    mount: (container: HTMLElement) => mountVideo(camera.video, container),
  };
}
