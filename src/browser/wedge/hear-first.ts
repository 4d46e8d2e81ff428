type Listeners = { [K in keyof WindowEventMap]?: (event: WindowEventMap[K]) => void };

/**
 * Hears these events of the window before anybody else, until told to stop. Chromium 89 knows no
 * `signal` of `addEventListener`.
 */
export function hearFirst(listeners: Listeners): () => void {
  const all = Object.entries(listeners) as [string, EventListener][];
  for (const [type, listener] of all) window.addEventListener(type, listener, true);
  return () => {
    for (const [type, listener] of all) window.removeEventListener(type, listener, true);
  };
}
