import type { EpochMillis } from '../../core/units.ts';
import type { TlsFiles } from '../../node/http/tls.ts';
import type { Options } from './options.ts';
import { namesFor } from './self-signed/addresses.ts';
import { keepCertificate, type OwnCertificate } from './self-signed/keep-certificate.ts';

/** The files to serve https with; undefined: plain http. `own` where the hub made them itself. */
export function chooseTls(
  { data, host, tls, selfSigned }: Pick<Options, 'data' | 'host' | 'tls' | 'selfSigned'>,
  now: EpochMillis,
): { readonly tls?: TlsFiles; readonly own?: OwnCertificate } {
  if (!selfSigned) return tls ? { tls } : {};
  const own = keepCertificate(data, namesFor(host), now);
  return { tls: own.files, own };
}
