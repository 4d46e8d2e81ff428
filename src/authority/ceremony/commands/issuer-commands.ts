import { usageError } from '../../../node/command-error.ts';
import { needed, readChoice, readCount, readDay } from '../../../node/command-values.ts';
import { dayOf } from '../../lists/pins.ts';
import type { Status } from '../../lists/status-bits.ts';
import {
  addIssuer,
  addKey,
  type NewIssuer,
  retireIssuer,
  retireKey,
  setIssuerState,
} from '../issuers.ts';
import { publishDelta, publishList } from '../lists.ts';
import { schemes } from '../schemes.ts';
import { setStatus } from '../statuses.ts';
import { type CeremonyCommand, changing } from './command.ts';
import { readIndices, readIssuer, readKid, readPublicJwk, readTime, readTyps } from './values.ts';

const text = { type: 'string' } as const;
const issuer = { issuer: text } as const;
const schemeNames = Object.keys(schemes) as (keyof typeof schemes)[];
const twoYears = 2 * 365 * 24 * 3600;

/** Issuers, their keys and their status lists. */
export const issuerCommands: Readonly<Record<string, CeremonyCommand>> = {
  'add-issuer': changing(
    `add-issuer --dir DIR --issuer CN-HE --scheme ${schemeNames.join('|')} --name 中文 [--name-tw 中文]
      [--name-en WORDS] [--hotline N] [--size 1048576] [--bits 1|2] [--until DAY] [--no-keys]
      a new issuer with keys of its own, or without when it makes them itself`,
    {
      ...issuer,
      scheme: text,
      name: text,
      'name-tw': text,
      'name-en': text,
      hotline: text,
      size: text,
      bits: text,
      until: text,
      'no-keys': { type: 'boolean' },
    },
    (values, { now }) => {
      const added = readNewIssuer(values, now);
      return (desk) => addIssuer(desk, added);
    },
  ),
  'suspend-issuer': state('suspend-issuer', 'suspended', 'its passes are stopped until resumed'),
  'resume-issuer': state('resume-issuer', 'active', 'takes a suspension back'),
  'retire-issuer': changing(
    `retire-issuer --dir DIR --issuer X [--on DAY]
      its passes are refused for good from that day (default today)`,
    { ...issuer, on: text },
    (values, { now }) => {
      const id = readIssuer(values.issuer);
      const on = values.on === undefined ? dayOf(now) : readDay('--on', values.on);
      return (desk) => retireIssuer(desk, id, on);
    },
  ),
  'add-key': changing(
    `add-key --dir DIR --issuer X --kid K --typs kp,kc,kd,statuslist,kakou-delta
      [--from DAY] [--until DAY] [--public FILE]
      one more key, made here or handed in by the issuer as a public JWK`,
    { ...issuer, kid: text, typs: text, from: text, until: text, public: text },
    (values, { now }) => {
      const id = readIssuer(values.issuer);
      const nbf = readTime('--from', values.from, now);
      const exp = readTime('--until', values.until, nbf + twoYears);
      if (exp <= nbf || exp <= now) throw usageError('--until is before --from, or past');
      const key = { kid: readKid(values.kid), typs: readTyps(values.typs), nbf, exp };
      const own = values.public === undefined ? {} : { jwk: readPublicJwk(values.public) };
      return (desk) => addKey(desk, id, { ...key, ...own });
    },
  ),
  'retire-key': changing(
    `retire-key --dir DIR --issuer X --kid K [--on DAY]
      ends its window now or on that day: what it signed counts no more, paper too`,
    { ...issuer, kid: text, on: text },
    (values, { now }) => {
      const [id, kid] = [readIssuer(values.issuer), readKid(values.kid)];
      const on = readTime('--on', values.on, now);
      return (desk) => retireKey(desk, id, kid, on);
    },
  ),
  revoke: status('revoke', 1, 'its credentials are stopped'),
  suspend: status('suspend', 2, 'its credentials are checked'),
  reinstate: status('reinstate', 0, 'its credentials are good again'),
  'publish-list': list('publish-list', 'signs and stages the full list of the day', publishList),
  'publish-delta': list(
    'publish-delta',
    'signs and stages what changed since that list',
    publishDelta,
  ),
};

function state(name: string, next: 'active' | 'suspended', what: string): CeremonyCommand {
  return changing(`${name} --dir DIR --issuer X\n      ${what}`, issuer, (values) => {
    const id = readIssuer(values.issuer);
    return (desk) => setIssuerState(desk, id, next);
  });
}

function status(name: string, next: Status, what: string): CeremonyCommand {
  const usage = `${name} --dir DIR --issuer X (--index N[,N] | --index-file FILE)\n      ${what}`;
  const options = {
    ...issuer,
    index: { type: 'string', multiple: true },
    'index-file': text,
  } as const;
  return changing(usage, options, (values) => {
    const id = readIssuer(values.issuer);
    const indices = readIndices(values.index, values['index-file']);
    return (desk) => setStatus(desk, id, indices, next);
  });
}

function list(name: string, what: string, sign: typeof publishList): CeremonyCommand {
  return changing(`${name} --dir DIR --issuer X\n      ${what}; then publish`, issuer, (values) => {
    const id = readIssuer(values.issuer);
    return (desk) => sign(desk, id);
  });
}

type IssuerOptions = {
  readonly [option in
    | 'issuer'
    | 'scheme'
    | 'name'
    | 'name-tw'
    | 'name-en'
    | 'hotline'
    | 'size'
    | 'bits'
    | 'until']?: string | undefined;
} & { readonly 'no-keys'?: boolean | undefined };

function readNewIssuer(values: IssuerOptions, now: number): NewIssuer {
  const scheme = readChoice('--scheme', values.scheme, schemeNames);
  const id = readIssuer(values.issuer);
  const name = needed('--name', values.name);
  return {
    id,
    scheme,
    name: { 'zh-CN': name, 'zh-TW': values['name-tw'] ?? name, en: values['name-en'] ?? id },
    ...(values.hotline !== undefined && { hotline: values.hotline }),
    bits: readCount('--bits', values.bits ?? '2', 1, 2) === 1 ? 1 : 2,
    size: readCount('--size', values.size ?? '1048576', 8, 200_000_000),
    nbf: now,
    exp: readTime('--until', values.until, now + twoYears),
    noKeys: values['no-keys'] === true,
  };
}
