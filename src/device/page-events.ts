/** Calls back whenever the page may have been asleep: iOS can resume with only one of these. */
export function onResume(resumed: () => void): () => void {
  const visible = () => {
    if (document.visibilityState === 'visible') resumed();
  };
  document.addEventListener('visibilitychange', visible);
  window.addEventListener('pageshow', resumed);
  window.addEventListener('focus', resumed);
  return () => {
    document.removeEventListener('visibilitychange', visible);
    window.removeEventListener('pageshow', resumed);
    window.removeEventListener('focus', resumed);
  };
}

/** Calls back when the browser believes the network came or went. */
export function onOnlineChange(changed: (online: boolean) => void): () => void {
  const tell = () => changed(navigator.onLine);
  window.addEventListener('online', tell);
  window.addEventListener('offline', tell);
  return () => {
    window.removeEventListener('online', tell);
    window.removeEventListener('offline', tell);
  };
}
