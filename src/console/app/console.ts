import { createStore, type StoreApi } from 'zustand/vanilla';
import type { LookedAt, Self, WaysIn } from '../../core/console/answers.ts';
import type { Language } from '../../core/terms.ts';
import { createIssuing, type Issuing } from './issuing.ts';
import { createLiveQuery, type LiveQuery } from './live-query.ts';
import type { Answer, Remote } from './remote.ts';
import { type ConsoleState, isPage, type Page } from './state.ts';

/** What the console needs of its browser. */
export interface Needs {
  readonly remote: Remote;
  readonly passkeys: Passkeys;
  readonly address: Address;
  readonly language: Language;
  keepLanguage(language: Language): void;
  /** Has the browser fetch a file of the hub's and keep it. */
  save(address: string): void;
  /** Keeps a file that is here already. */
  keep(file: { readonly name: string; readonly csv: string }): void;
  /** Milliseconds since 1970. */
  now(): number;
  /** From 0 to below 1: when to ask again. */
  random(): number;
}

/** WebAuthn; undefined when the person turned away or the device cannot. */
export interface Passkeys {
  create(options: object): Promise<object | undefined>;
  get(options: object): Promise<object | undefined>;
}

/** The part of the address after `#`. */
export interface Address {
  read(): string;
  write(hash: string): void;
  /** The address without the fragment: for links to be given on. */
  readonly base: string;
}

export interface Console {
  readonly store: StoreApi<ConsoleState>;
  readonly remote: Remote;
  readonly base: string;
  /** The issuing side's desk. */
  readonly issuing: Issuing;
  start(): Promise<void>;
  /** The address has changed. */
  moved(): void;
  /** `of`: what the page is about, an id. `day`: as in `2027-01-31`. */
  go(page: Page, of?: string, day?: string): void;
  setLanguage(language: Language): void;
  signIn(typed: { name: string; password: string; totp?: string }): Promise<void>;
  signInByPasskey(): Promise<void>;
  tryDemo(): Promise<void>;
  takeByPassword(password: string): Promise<void>;
  takeByPasskey(label: string): Promise<void>;
  addPasskey(label: string, password: string | undefined): Promise<boolean>;
  signOut(): Promise<void>;
  /** Asks, and notices when nobody is signed in any longer. True when it was done. */
  act(ask: () => Promise<Answer<unknown>>): Promise<boolean>;
  /** For pages: an answer, after the session was looked at. */
  load<T>(path: string): Promise<Answer<T>>;
  /** The same of a question that stands in no address. */
  find<T>(path: string, question: object): Promise<Answer<T>>;
  /** Takes a file out: asks first whether it can be had, so that a refusal is said on the page. */
  download(path: string): Promise<boolean>;
  /** A file that an answer held, to the browser's disk. */
  keep(file: { readonly name: string; readonly csv: string }): void;
  /** For pages that stay: the same, told whenever it changes. `events` is the stream's path. */
  live<T>(path: string, events: string): LiveQuery<T>;
}

export function createConsole(needs: Needs): Console {
  const { remote, passkeys, address, language } = needs;
  const store = createStore<ConsoleState>(() => ({
    ...{ phase: 'starting', page: 'today', language, busy: false },
  }));
  const set = store.setState;

  /** The newest question's refusal, and nothing of the one before. */
  async function asking<T>(ask: () => Promise<Answer<T>>): Promise<Answer<T>> {
    const { refusal: _, ...rest } = store.getState();
    set({ ...rest, busy: true }, true);
    const answer = await ask();
    set({ busy: false, ...(!answer.ok && { refusal: answer.error }) });
    return noticed(answer);
  }

  function noticed<T>(answer: Answer<T>): Answer<T> {
    const isOver = !answer.ok && answer.error.code === 'sign-in-needed' && !answer.error.issuing;
    if (isOver && store.getState().phase === 'signed-in') set({ phase: 'ended' });
    return answer;
  }

  function enter(answer: Answer<Self>): void {
    if (!answer.ok) return;
    const { invitation: _, ...rest } = store.getState();
    set({ ...rest, phase: 'signed-in', self: answer.value }, true);
    moved();
  }

  function moved(): void {
    const hash = address.read();
    const token = /^#invite=([\w-]{43})$/.exec(hash)?.[1];
    if (token !== undefined) return void lookAt(token);
    const [page = '', of, day] = hash.replace(/^#\/?/, '').split('/').map(decode);
    const { of: _, day: __, refusal: ___, ...rest } = store.getState();
    const place = isPage(page) ? page : 'today';
    set({ ...rest, page: place, ...(of && { of }), ...(day && { day }) }, true);
  }

  async function lookAt(token: string): Promise<void> {
    set({ phase: 'invited', invitation: { token } });
    const found = await asking(() => remote.send<LookedAt>('POST', '/invitation', { token }));
    if (found.ok) set({ invitation: { token, found: found.value } });
  }

  /** The token leaves the address as soon as it is used up. */
  function taken(answer: Answer<Self>): void {
    if (answer.ok) address.write('#/today');
    enter(answer);
  }

  const issuing = createIssuing({
    ...{ remote, now: needs.now, self: () => store.getState().self },
    pass: async () => noticed(await remote.send<{ pass: string }>('POST', '/desk-pass')),
  });

  const tokenOf = () => store.getState().invitation?.token;

  return {
    store,
    remote,
    base: address.base,
    issuing,
    async start() {
      const [ways, self] = await Promise.all([
        remote.get<WaysIn>('/ways-in'),
        remote.get<Self>('/session'),
      ]);
      if (ways.ok) set({ ways: ways.value });
      const isReached = self.ok || self.error.code === 'sign-in-needed';
      if (!isReached)
        set({ phase: 'unreachable', refusal: self.ok ? { code: 'odd' } : self.error });
      else if (self.ok) set({ phase: 'signed-in', self: self.value });
      else set({ phase: 'signed-out' });
      if (isReached) moved();
    },
    moved,
    go: (page, of, day) => address.write(hashOf(page, of, day)),
    setLanguage(chosen) {
      needs.keepLanguage(chosen);
      set({ language: chosen });
    },
    signIn: async (typed) =>
      enter(await asking(() => remote.send<Self>('POST', '/session', typed))),
    async signInByPasskey() {
      const options = await asking(() => remote.send<object>('POST', '/session/passkey-options'));
      const passkey = options.ok ? await passkeys.get(options.value) : undefined;
      if (passkey)
        enter(await asking(() => remote.send<Self>('POST', '/session/passkey', { passkey })));
    },
    tryDemo: async () => enter(await asking(() => remote.demoSession<Self>())),
    takeByPassword: async (password) =>
      taken(
        await asking(() =>
          remote.send<Self>('POST', '/invitation/take', { token: tokenOf(), password }),
        ),
      ),
    async takeByPasskey(label) {
      const token = tokenOf();
      const offer = await asking(() =>
        remote.send<{ operator: string; options: object }>('POST', '/invitation/passkey-options', {
          token,
        }),
      );
      const passkey = offer.ok ? await passkeys.create(offer.value.options) : undefined;
      if (!offer.ok || !passkey) return;
      const { operator } = offer.value;
      const body = { token, operator, passkey, label };
      taken(await asking(() => remote.send<Self>('POST', '/invitation/take', body)));
    },
    async addPasskey(label, password) {
      const options = await asking(() => remote.send<object>('POST', '/me/passkey-options'));
      const passkey = options.ok ? await passkeys.create(options.value) : undefined;
      if (!passkey) return false;
      const body = { passkey, label, ...(password && { password }) };
      return (await asking(() => remote.send('POST', '/me/passkeys', body))).ok;
    },
    async signOut() {
      if (store.getState().ways?.issuing) void issuing.leave();
      await asking(() => remote.send('DELETE', '/session'));
      const { self: _, ...rest } = store.getState();
      set({ ...rest, phase: 'signed-out' }, true);
    },
    act: async (ask) => (await asking(ask)).ok,
    load: async (path) => noticed(await remote.get(path)),
    find: async (path, question) => noticed(await remote.send('POST', path, question)),
    async download(path) {
      const answer = await asking(() => remote.get(`${path}&check=1`));
      if (answer.ok) needs.save(`/console/api${path}`);
      return answer.ok;
    },
    keep: needs.keep,
    live: <T>(path: string, events: string) =>
      createLiveQuery<T>({
        open: async () => noticed(await remote.events(events)),
        load: async () => noticed(await remote.get<T>(path)),
        ...{ now: needs.now, random: needs.random },
      }),
  };
}

/** The address of a page; what stands behind `of` needs its place, even when it is empty. */
export const hashOf = (page: Page, of = '', day?: string): string =>
  `#/${[page, ...(of !== '' || day ? [of] : []), ...(day ? [day] : [])].map(encodeURIComponent).join('/')}`;

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}
