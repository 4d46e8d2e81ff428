import type { Self } from '../../core/console/answers.ts';
import type { DeskScheme, DeskSelf } from '../../core/health/desk-answers.ts';
import { err, ok } from '../../core/result.ts';
import type { Answer, Refusal, Remote } from './remote.ts';

/** The issuing side's desk, asked by whoever is signed in at the hub. */
export interface Issuing {
  get<T>(path: string): Promise<Answer<T>>;
  /** `body`: an object, or a signed text as it came. */
  send<T>(path: string, body: object | string): Promise<Answer<T>>;
  /** In whose words states and notices are told. */
  scheme(): Promise<Answer<DeskScheme>>;
  /** Ends the session there, whichever page opened it. */
  leave(): Promise<void>;
}

interface Needs {
  readonly remote: Pick<Remote, 'desk'>;
  /** Who is signed in at the hub now. */
  self(): Pick<Self, 'id' | 'name' | 'role'> | undefined;
  /** The hub's word on them, good once. */
  pass(): Promise<Answer<{ readonly pass: string }>>;
  /** Milliseconds since 1970. */
  now(): number;
}

/**
 * Opens a session by the hub's pass when something is first asked, and another when that one is over.
 * The browser may still hold the session of who sat here before: it is used only if it is of the same
 * name and role, else a new one takes its place.
 */
export function createIssuing({ remote, self, pass, now }: Needs): Issuing {
  let opened: { readonly of: string; readonly session: Promise<Answer<DeskSelf>> } | undefined;

  const told = <T>(answer: Answer<T>): Answer<T> =>
    answer.ok ? answer : err(ofIssuing(answer.error, now()));

  async function enter(): Promise<Answer<DeskSelf>> {
    const handed = await pass();
    return handed.ok
      ? told(await remote.desk<DeskSelf>('POST', '/session', handed.value.pass))
      : handed;
  }

  async function begin(): Promise<Answer<DeskSelf>> {
    const mine = self();
    const found = await remote.desk<DeskSelf>('GET', '/session');
    if (found.ok && found.value.name === mine?.name && found.value.role === mine.role) return found;
    const isThere = found.ok || found.error.code === 'sign-in-needed';
    return isThere ? enter() : told(found);
  }

  /** One for all that ask at once; one that failed is tried again by the next question. */
  function session(open: () => Promise<Answer<DeskSelf>>): Promise<Answer<DeskSelf>> {
    const mine = { of: self()?.id ?? '', session: open() };
    opened = mine;
    void mine.session.then((answer) => {
      if (!answer.ok && opened === mine) opened = undefined;
    });
    return mine.session;
  }

  const current = () => (opened && opened.of === self()?.id ? opened.session : session(begin));

  async function ask<T>(method: 'GET' | 'POST', path: string, body?: object | string) {
    const used = current();
    const mine = await used;
    if (!mine.ok) return mine;
    const answer = await remote.desk<T>(method, path, body);
    if (answer.ok || answer.error.code !== 'sign-in-needed') return told(answer);
    // over: whoever notices first opens the next
    const next = await (opened && opened.session !== used ? current() : session(enter));
    return next.ok ? told(await remote.desk<T>(method, path, body)) : next;
  }

  return {
    get: (path) => ask('GET', path),
    send: (path, body) => ask('POST', path, body),
    async scheme() {
      const mine = await current();
      if (!mine.ok) return mine;
      return mine.value.scheme
        ? ok(mine.value.scheme)
        : err({ code: 'issuer-closed', issuing: true });
    },
    async leave() {
      opened = undefined;
      await remote.desk('DELETE', '/session');
    },
  };
}

/** Its codes mean other things there than at the hub; and when it may be asked again, by this clock. */
const ofIssuing = (refusal: Refusal, now: number): Refusal => ({
  ...refusal,
  issuing: true,
  ...(refusal.waitS !== undefined && { againAt: now + refusal.waitS * 1000 }),
});
