/** A code this phone makes itself: a credential for the day, stamped here every 15 s, online or not. */
import { fromBase64url } from '../../core/base64url.ts';
import { signHolderProof } from '../../core/pass/kakou/holder-proof.ts';
import { mintStamp } from '../../core/pass/kakou/mint.ts';
import { epochSeconds } from '../../core/units.ts';
import { type HeldCredential, heldCredential, holderKey, keepCredential } from './holder-store.ts';
import { overAfter } from './over-after.ts';
import type { Choice, Stamp, StampProblem } from './stamps.ts';

/** Seconds a stamp lives: protocol 1.2. */
const stampS = 60;
/** Seconds before its end from which a new credential is asked for. */
const renewS = 6 * 3600;

/** A fresh stamp on the day's credential; one near its end is renewed beside, when there is a network. */
export async function stampDayCode(choice: Choice): Promise<Stamp | StampProblem> {
  const held = await heldCredential(nameOf(choice));
  if (held && now(held) < held.exp) {
    const isLow = held.exp - now(held) < renewS;
    if (isLow) void renew(choice);
    return stampOn(held, isLow);
  }
  const fresh = await renew(choice);
  if (typeof fresh !== 'string') return stampOn(fresh, false);
  if (fresh === 'refused') return fresh;
  return held ? 'dayOver' : 'firstTime';
}

async function stampOn(held: HeldCredential, isLow: boolean): Promise<Stamp> {
  const { privateKey } = await holderKey();
  const iat = epochSeconds(now(held));
  const jti = crypto.getRandomValues(new Uint8Array(12));
  const text = await mintStamp(held.credential, { iat, jti }, { kid: 'holder', key: privateKey });
  return { text, iat, exp: iat + stampS, now: iat, credential: { exp: held.exp, isLow } };
}

const now = ({ offset }: HeldCredential): number => Math.floor((Date.now() + offset) / 1000);

const nameOf = ({ issuer, state, relative, notice }: Choice): string =>
  JSON.stringify([issuer, state, relative, notice]);

/** Asks the issuer, with proof that this phone has the key. */
async function renew(choice: Choice): Promise<HeldCredential | StampProblem> {
  const { privateKey, jwk } = await holderKey();
  const { issuer, state, relative, notice } = choice;
  const proof = await signHolderProof({ issuer, state, relative, notice, jwk }, privateKey);
  try {
    const answer = await fetch('./credential', {
      method: 'POST',
      body: proof,
      headers: { 'content-type': 'application/jose' },
      signal: overAfter(5000),
    });
    if (answer.status === 400) return 'refused';
    const held = answer.ok ? readAnswer(await answer.json()) : undefined;
    if (!held) return 'unreachable';
    await keepCredential(nameOf(choice), held);
    return held;
  } catch {
    return 'unreachable';
  }
}

function readAnswer(value: unknown): HeldCredential | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { credential: text, iat, exp, now: at } = value as { [member: string]: unknown };
  const credential = typeof text === 'string' ? fromBase64url(text) : undefined;
  if (!credential || !Number.isSafeInteger(iat) || !Number.isSafeInteger(exp)) return undefined;
  if (!Number.isSafeInteger(at)) return undefined;
  return {
    credential,
    iat: Number(iat),
    exp: Number(exp),
    offset: Number(at) * 1000 - Date.now(),
  };
}
