import type { PublicJwk } from '../../core/jwk.ts';
import type { IssuerEntry, IssuerKey, IssuerTyp } from '../../core/trust/bundle.ts';
import { refusal } from '../../node/command-error.ts';
import { generateKey, type NamedKey, publicHalf } from '../keys.ts';
import { dayOf } from '../lists/pins.ts';
import { utc } from './commands/warnings.ts';
import type { Desk } from './desk.ts';
import { blankStatuses, issuerIn, type State, withIssuer } from './files/authority-file.ts';
import type { Change } from './files/commit.ts';
import { issuerKeys, keyFile } from './files/key-files.ts';
import { schemes } from './schemes.ts';

export interface NewIssuer {
  readonly id: string;
  readonly name: IssuerEntry['name'];
  readonly hotline?: string;
  readonly scheme: keyof typeof schemes;
  readonly bits: 1 | 2;
  readonly size: number;
  /** Window of its first keys, epoch seconds. */
  readonly nbf: number;
  readonly exp: number;
  /** It makes its keys itself and hands in the public halves: see add-key. */
  readonly noKeys: boolean;
}

const firstKeys: readonly (readonly [kid: string, ...typs: IssuerTyp[]])[] = [
  ['l1', 'kp'],
  ['c1', 'kc'],
  ['p1', 'kd', 'kv'],
  ['s1', 'statuslist', 'kakou-delta'],
];

/** The state with one more issuer, and its private keys if they are made here. */
export async function withNewIssuer(
  state: State,
  issuer: NewIssuer,
): Promise<{ state: State; keys: NamedKey[] }> {
  const { id, name, hotline, nbf, exp } = issuer;
  if (state.bundle.issuers.some((known) => known.id === id))
    throw refusal(`${id} is there already`);
  const made = issuer.noKeys ? [] : await Promise.all(firstKeys.map(([kid]) => generateKey(kid)));
  const keys = made.map((key, n): IssuerKey => {
    const [, ...typs] = firstKeys[n] ?? [''];
    return { kid: key.kid, jwk: publicHalf(key), nbf, exp, typs };
  });
  const { states, notices } = schemes[issuer.scheme];
  const entry: IssuerEntry = {
    id,
    name,
    state: 'active',
    ...(hotline !== undefined && { hotline }),
    keys,
    states,
    notices,
  };
  const statuses = { ...state.statuses, [id]: blankStatuses(issuer.bits, issuer.size) };
  const issuers = [...state.bundle.issuers, entry];
  return { state: { ...state, bundle: { ...state.bundle, issuers }, statuses }, keys: made };
}

export async function addIssuer(desk: Desk, issuer: NewIssuer): Promise<Change> {
  const { state, keys } = await withNewIssuer(desk.state, issuer);
  return {
    state,
    outputs: keys.length > 0 ? [keyFile(issuer.id, { keys })] : [],
    say: [
      `${issuer.id} added with a list of ${issuer.size}`,
      keys.length > 0
        ? `new keys private/${issuer.id}.json: hand them to the issuer`
        : 'it has no keys yet; see add-key',
      'not published yet; see publish-list and publish',
    ],
    facts: {
      ...{ issuer: issuer.id, state: 'active', size: issuer.size, bits: issuer.bits },
      newKeys: keys.map(({ kid }) => kid),
    },
  };
}

/** Suspends an active issuer, or takes the suspension back. */
export function setIssuerState(desk: Desk, id: string, next: 'active' | 'suspended'): Change {
  const issuer = issuerIn(desk.state, id);
  if (issuer.state === 'retired') throw refusal(`${id} is retired, for good`);
  if (issuer.state === next) throw refusal(`${id} is ${next} already`);
  return {
    state: withIssuer(desk.state, { ...issuer, state: next }),
    say: [`${id} is ${next}`, 'not published yet; see publish'],
    facts: { issuer: id, state: next },
  };
}

/** From that day on, its passes are refused with the day named. A day to come takes effect by itself. */
export function retireIssuer(desk: Desk, id: string, retiredOn: string): Change {
  const issuer = issuerIn(desk.state, id);
  if (issuer.state === 'retired') throw refusal(`${id} is retired already`);
  const isLater = retiredOn > dayOf(desk.now);
  return {
    state: withIssuer(desk.state, { ...issuer, retiredOn }),
    say: [
      isLater
        ? `${id} retires with the first publish on or after ${retiredOn}`
        : `${id} is retired as of ${retiredOn} with the next publish`,
    ],
    facts: { issuer: id, retiredOn },
  };
}

export interface NewKey {
  readonly kid: string;
  readonly typs: readonly IssuerTyp[];
  readonly nbf: number;
  readonly exp: number;
  /** Made by the issuer itself; made here when left out. */
  readonly jwk?: PublicJwk;
}

export async function addKey(desk: Desk, id: string, key: NewKey): Promise<Change> {
  const issuer = issuerIn(desk.state, id);
  const { kid, nbf, exp, typs } = key;
  if (issuer.keys.some((known) => known.kid === kid)) throw refusal(`${id} has had a key ${kid}`);
  const made = key.jwk ? undefined : await generateKey(kid);
  const jwk = key.jwk ?? (made && publicHalf(made));
  if (!jwk) throw refusal('there is no key to add');
  if (issuer.keys.some((known) => known.jwk.x === jwk.x)) {
    throw refusal(`${id} has this very key under another name`);
  }
  const entry: IssuerKey = { kid, jwk, nbf, exp, typs: [...typs] };
  const own = made ? [...(await issuerKeys(desk.keys, id)), made] : [];
  return {
    state: withIssuer(desk.state, { ...issuer, keys: [...issuer.keys, entry] }),
    outputs: made ? [keyFile(id, { keys: own }, 'replaced')] : [],
    say: [
      `key ${kid} of ${id} for ${typs.join(', ')}, ${utc(nbf)} to ${utc(exp)}`,
      'not published yet; see publish',
    ],
    facts: { issuer: id, key: keyFacts(entry) },
  };
}

/** A key as `show` has it. */
export const keyFacts = ({ kid, typs, nbf, exp }: IssuerKey) => ({ kid, typs, nbf, exp });

/** Ends a key's window. What it signed is no longer accepted from then on, paper passes too. */
export function retireKey(desk: Desk, id: string, kid: string, exp: number): Change {
  const issuer = issuerIn(desk.state, id);
  const key = issuer.keys.find((known) => known.kid === kid);
  if (!key) {
    const known = issuer.keys.map((own) => own.kid).join(', ') || 'none';
    throw refusal(`${id} has no key ${kid}; it has ${known}`);
  }
  if (key.exp <= exp) throw refusal(`key ${kid} of ${id} ends ${utc(key.exp)} as it is`);
  const keys = issuer.keys.map((own) => (own === key ? { ...key, exp } : own));
  return {
    state: withIssuer(desk.state, { ...issuer, keys }),
    say: [`key ${kid} of ${id} ends ${utc(exp)}`, 'not published yet; see publish'],
    facts: { issuer: id, key: keyFacts({ ...key, exp }) },
  };
}
