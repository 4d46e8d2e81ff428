import type { Remote, RemoteAnswer } from '../../../ports/remote.ts';
import { type AppStore, clear } from '../store.ts';
import type { Unreached } from './sync-state.ts';

/** The same remote; each answer, and each that never came, tells how the way to the hub is. */
export function heardRemote(remote: Remote, store: AppStore): Remote {
  const heard = (answer: RemoteAnswer): RemoteAnswer => {
    const online = remote.online();
    const unreached = online ? whatCame(answer) : undefined;
    const before = store.getState();
    if (before.online !== online) store.setState({ online });
    if (unreached === undefined) clear(store, 'unreached');
    else if (before.unreached !== unreached) store.setState({ unreached });
    return answer;
  };
  return {
    ...remote,
    get: async (path, options) => heard(await remote.get(path, options)),
    post: async (path, body, options) => heard(await remote.post(path, body, options)),
  };
}

function whatCame(answer: RemoteAnswer): Unreached | undefined {
  if (answer.kind === 'offline') {
    if (answer.part) return undefined; // it answered, and the line broke
    return answer.elsewhere ? 'not-the-hub' : 'no-answer';
  }
  // 511: RFC 6585 section 6, the network itself wants a login
  if (answer.status === 511 || (answer.status === 200 && isPage(answer.body))) return 'not-the-hub';
  return answer.status >= 500 ? 'server' : undefined;
}

/** HTML, whatever it is called: nothing the hub sends begins like it. */
function isPage(body: Uint8Array): boolean {
  const first = body.find((byte) => byte > 0x20 && byte < 0x80);
  return first === 0x3c;
}
