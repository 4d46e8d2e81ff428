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

/** Calls back when a camera was plugged in or out, or allowed in the browser's settings. */
export function onCameraChange(changed: () => void): () => void {
  const devices = navigator.mediaDevices;
  devices?.addEventListener?.('devicechange', changed);
  let permission: PermissionStatus | undefined;
  let stopped = false;
  const granted = () => {
    if (permission?.state === 'granted') changed();
  };
  const asking = navigator.permissions?.query({ name: 'camera' }) ?? Promise.reject();
  asking
    .then((status) => {
      if (stopped) return;
      permission = status;
      status.addEventListener('change', granted);
    })
    .catch(() => undefined); // a browser that does not tell
  return () => {
    stopped = true;
    devices?.removeEventListener?.('devicechange', changed);
    permission?.removeEventListener('change', granted);
  };
}
