import { type IssuerKeys, type KeyFile, publicHalf, signerOf } from '../authority/keys.ts';
import type { PublicJwk } from '../core/jwk.ts';
import { limits } from '../core/limits.ts';
import {
  mintCredential,
  mintLive,
  mintPaper,
  mintStamp,
  type PassClaims,
} from '../core/pass/kakou/mint.ts';
import { factsOf, type PassKind } from '../core/pass/kinds.ts';
import { err, ok, type Result, unreachable } from '../core/result.ts';
import type { PassForm } from '../core/terms.ts';
import { type Bytes, type EpochSeconds, epochSeconds } from '../core/units.ts';
import { demoIssuer } from './demo-issuers.ts';

/** Where made-up passes stand in every demo issuer's list, unless they say otherwise. */
export const demoPassIndex = 42;

/** What to issue. Words come from a command line or a query, so each is checked. */
export interface DemoPassRequest {
  readonly issuer: string;
  /** State code in the issuer's scheme. */
  readonly state: string;
  readonly kind: PassKind;
  /** Credentials exist as CWT only. */
  readonly form: PassForm;
  readonly at: EpochSeconds;
  readonly jti: Bytes;
  /** Place in the status list. Default `demoPassIndex`, which is valid everywhere. */
  readonly index?: number;
  readonly aud?: string;
  readonly relative?: boolean;
  readonly notices?: readonly string[];
}

export interface DemoPass {
  readonly text: string;
  readonly iat: EpochSeconds;
  readonly exp: EpochSeconds;
}

export type DemoPassProblem =
  | 'unknown-issuer'
  | 'unknown-state'
  | 'unknown-notice'
  | 'bad-index'
  | 'credential-is-cwt-only';

/** Seconds. */
const lifetimes: Readonly<Record<PassKind, number>> = {
  live: 60,
  credential: limits.credentialS,
  paper: 90 * 24 * 3600,
};

/** Made-up people, masked the way the real systems mask. */
const citizen = { maskedName: '张*三', maskedId: '12…2X' };
const relative = { maskedName: '李*花', maskedId: '13…08' };

/** Issues a pass of a demo issuer, signed with the public demo keys. */
export async function demoPass(
  keys: KeyFile,
  request: DemoPassRequest,
): Promise<Result<DemoPass, DemoPassProblem>> {
  const own = keys.issuers[request.issuer];
  const problem = problemOf(request);
  if (problem || !own) return err(problem ?? 'unknown-issuer');
  const claims = claimsOf(request);
  return ok({ text: await textOf(keys, own, claims, request), iat: claims.iat, exp: claims.exp });
}

/** What a citizen's phone may ask for once a day; the rest is up to the issuer. */
export type DemoCredentialRequest = Omit<DemoPassRequest, 'kind' | 'form' | 'aud'>;

/** A day credential for the key a citizen's phone has made: bytes for `mintStamp`. */
export async function demoCredential(
  keys: KeyFile,
  request: DemoCredentialRequest,
  holder: PublicJwk,
): Promise<Result<Omit<DemoPass, 'text'> & { readonly credential: Bytes }, DemoPassProblem>> {
  const asked = { ...request, kind: 'credential', form: 'cwt' } as const;
  const own = keys.issuers[asked.issuer];
  const problem = problemOf(asked);
  if (problem || !own) return err(problem ?? 'unknown-issuer');
  const claims = claimsOf(asked);
  const credential = await mintCredential(claims, holder, await signerOf(own.credential));
  return ok({ credential, iat: claims.iat, exp: claims.exp });
}

function problemOf(request: DemoPassRequest): DemoPassProblem | undefined {
  const issuer = demoIssuer(request.issuer);
  const { index = 0, notices = [] } = request;
  if (!issuer) return 'unknown-issuer';
  if (!Object.hasOwn(issuer.states, request.state)) return 'unknown-state';
  if (!notices.every((code) => Object.hasOwn(issuer.notices, code))) return 'unknown-notice';
  if (notices.length > limits.noticeCount) return 'unknown-notice';
  if (!Number.isSafeInteger(index) || index < 0) return 'bad-index';
  if (request.form === 'jwt' && !factsOf(request.kind).jwt) return 'credential-is-cwt-only';
  return undefined;
}

function claimsOf({ at, kind, notices = [], ...request }: DemoPassRequest): PassClaims {
  return {
    issuer: request.issuer,
    iat: at,
    exp: epochSeconds(at + lifetimes[kind]),
    ...(request.aud !== undefined && { aud: request.aud }),
    jti: request.jti,
    state: request.state,
    index: request.index ?? demoPassIndex,
    ...(request.relative ? relative : citizen),
    ...(request.relative && { relativeHeld: true }),
    ...(notices.length > 0 && { notices }),
  };
}

async function textOf(
  keys: KeyFile,
  own: IssuerKeys,
  claims: PassClaims,
  { kind, form }: DemoPassRequest,
): Promise<string> {
  switch (kind) {
    case 'live':
      return mintLive(claims, await signerOf(own.live), form);
    case 'paper':
      return mintPaper(claims, await signerOf(own.paper), form);
    case 'credential': {
      const { holder } = keys;
      const signer = await signerOf(own.credential);
      const credential = await mintCredential(claims, publicHalf(holder), signer);
      return mintStamp(credential, claims, await signerOf(holder));
    }
    default:
      return unreachable(kind);
  }
}
