import { startAuthentication, startRegistration } from '@simplewebauthn/browser';
import { keptLanguage } from '../../browser/kept-language.ts';
import type { Address, Passkeys } from '../app/console.ts';

type Made = Parameters<typeof startRegistration>[0]['optionsJSON'];
type Asked = Parameters<typeof startAuthentication>[0]['optionsJSON'];

/** WebAuthn in this browser. Whoever turns away has done nothing wrong. */
export const passkeys: Passkeys = {
  create: (options) => startRegistration({ optionsJSON: options as Made }).catch(() => undefined),
  get: (options) => startAuthentication({ optionsJSON: options as Asked }).catch(() => undefined),
};

export const address: Address = {
  read: () => location.hash,
  write: (hash) => location.assign(hash),
  base: location.origin,
};

export const { read: language, keep: keepLanguage } = keptLanguage('kakou-console-language');

/** Milliseconds the address of a file stays good: some browsers ask first where to. */
const addressLife = 60_000;

/** A file that is in the page already. */
export function keep({ name, csv }: { readonly name: string; readonly csv: string }): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([csv], { type: 'text/csv;charset=utf-8' }));
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), addressLife);
}

/** A download that the browser streams to its disk. */
export function save(to: string): void {
  const link = document.createElement('a');
  link.href = to;
  link.download = '';
  document.body.append(link);
  link.click();
  link.remove();
}
