import type { Remote, RemoteAnswer } from '../../../ports/remote.ts';

/** The same remote; `onWait` hears how many seconds a busy hub (429, 503) asks to be left alone. */
export function patientRemote(remote: Remote, onWait: (seconds: number) => void): Remote {
  const heard = (answer: RemoteAnswer): RemoteAnswer => {
    const isBusy = answer.kind === 'answer' && (answer.status === 429 || answer.status === 503);
    if (isBusy && answer.retryAfterS !== undefined) onWait(answer.retryAfterS);
    return answer;
  };
  return {
    ...remote,
    get: async (path, options) => heard(await remote.get(path, options)),
    post: async (path, body, options) => heard(await remote.post(path, body, options)),
  };
}
