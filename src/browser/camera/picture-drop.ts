/** Calls back with each file, a picture rather than another, that is pasted into the page or dropped onto it. */
export function onPicture(picture: (file: File) => void): () => void {
  const paste = (event: ClipboardEvent) => take(event, event.clipboardData);
  const drop = (event: DragEvent) => take(event, event.dataTransfer);
  /** Without this the browser would leave the page for the picture. */
  const allow = (event: DragEvent) => {
    if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
  };
  function take(event: Event, data: DataTransfer | null): void {
    const files = [...(data?.files ?? [])];
    if (files.length === 0) return;
    event.preventDefault();
    // what is no picture is given on too: whoever dropped it is told so
    const found = files.find(({ type }) => type.startsWith('image/')) ?? files[0];
    if (found) picture(found);
  }

  window.addEventListener('paste', paste);
  window.addEventListener('dragover', allow);
  window.addEventListener('drop', drop);
  return () => {
    window.removeEventListener('paste', paste);
    window.removeEventListener('dragover', allow);
    window.removeEventListener('drop', drop);
  };
}
