/** Calls back with each picture that is pasted into the page or dropped onto it. */
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
    const found = files.find(({ type }) => type.startsWith('image/'));
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
