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

/** A download that the browser streams to its disk. */
export function save(to: string): void {
  const link = document.createElement('a');
  link.href = to;
  link.download = '';
  document.body.append(link);
  link.click();
  link.remove();
}
