import type { FileSharer } from '../ports/phone.ts';

/** Milliseconds a download link stays valid: slow phones ask the person first. */
const linkLife = 60_000;

export const fileSharer: FileSharer = {
  async share({ name, type, bytes }) {
    const file = new File([bytes], name, { type });
    if (!(await offered(file))) download(file);
  },
};

/** True when the share sheet took the file or the person closed it; false where it cannot open. */
async function offered(file: File): Promise<boolean> {
  if (!navigator.canShare?.({ files: [file] })) return false;
  try {
    await navigator.share({ files: [file] });
    return true;
  } catch (thrown) {
    return thrown instanceof DOMException && thrown.name === 'AbortError';
  }
}

function download(file: File): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = file.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), linkLife);
}
