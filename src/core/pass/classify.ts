import { limits } from '../limits.ts';
import type { NotAPass } from '../terms.ts';

/** Which pass encoding a text claims to be, or what else it is. Only the first characters are looked at. */
export type TextClass = { readonly pass: 'kk1' | 'kk2' | 'jwt' } | { readonly notAPass: NotAPass };

const prefixes: readonly [RegExp, NotAPass][] = [
  [/^kakou:enrol/i, 'enrolment'],
  [/^(kakou:(venue|place)|https?:\/\/[^/?#]+\/v#)/i, 'venue-code'],
  [/^(HC1:|shc:\/|LT1:)/i, 'foreign-pass'],
  [/^WIFI:/i, 'wifi'],
  [/^(BEGIN:VCARD|MECARD:)/i, 'contact'],
  [/^(tel|sms|smsto):/i, 'phone'],
  [/^(mailto:|MATMSG:)/i, 'mail'],
  [/^geo:/i, 'location'],
  [/^(https:\/\/qr\.alipay\.com|wxp:\/\/|alipays?:|weixin:\/\/wxpay)/i, 'payment'],
  [/^(https?:\/\/|www\.|urlto:|weixin:\/\/)/i, 'web-link'],
];

/**
 * Step 1 of protocol 2. A text that only resembles a pass (white space before it, another case)
 * still claims to be one, so that it is refused as malformed and not waved off as a stray code.
 */
export function classify(text: string): TextClass {
  if (text === '') return { notAPass: 'empty' };
  const head = text.slice(0, 64).trimStart();
  if (/^kk1:/i.test(head)) return { pass: 'kk1' };
  if (/^kk2:/i.test(head)) return { pass: 'kk2' };
  if (/^eyJ[^.]*\./.test(text.slice(0, 512).trimStart())) return { pass: 'jwt' };
  for (const [pattern, notAPass] of prefixes) if (pattern.test(head)) return { notAPass };
  if (text.length > limits.textChars) return { notAPass: 'too-long' };
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
  if (/[\u0000-\u0008\u000e-\u001f\ufffd]/.test(text)) return { notAPass: 'binary' };
  return text.trim() === '' ? { notAPass: 'empty' } : { notAPass: 'text' };
}
