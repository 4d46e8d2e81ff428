import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync, unwatchFile, watchFile } from 'node:fs';
import { CommandError } from '../command-error.ts';

/** PEM files: the certificate with its chain, and its private key. */
export interface TlsFiles {
  readonly cert: string;
  readonly key: string;
}
export interface TlsPair {
  readonly cert: Buffer;
  readonly key: Buffer;
}

/** Reads both and checks that they belong together; a `CommandError` says what is wrong. */
export function readTls(files: TlsFiles): TlsPair {
  const [cert, key] = [read(files.cert), read(files.key)];
  const certificate = attempt(() => new X509Certificate(cert));
  if (!certificate) throw new CommandError(`${files.cert} holds no PEM certificate`);
  const secret = attempt(() => createPrivateKey(key));
  if (!secret) throw new CommandError(`${files.key} holds no PEM private key without a passphrase`);
  if (!certificate.checkPrivateKey(secret)) {
    throw new CommandError(`${files.key} is not the key of ${files.cert}`);
  }
  return { cert, key };
}

/**
 * Hands a new pair to `renew` when a file is another one, and on SIGHUP; one that is half replaced or
 * broken leaves the pair before in force. Polled, because renewal tools swap links, which watching
 * an open file does not see. Returns how to stop.
 */
export function keepRenewed(
  files: TlsFiles,
  renew: (pair: TlsPair) => void,
  log: { info(said: string): void; warn(said: string): void },
  intervalMs = 10_000,
): () => void {
  const onChange = () => {
    const pair = attempt(() => readTls(files));
    if (!pair) return log.warn('certificate not read anew: its files do not fit');
    renew(pair);
    log.info('certificate read anew');
  };
  const watched = [files.cert, files.key];
  for (const file of watched) watchFile(file, { interval: intervalMs }, onChange);
  process.on('SIGHUP', onChange);
  return () => {
    for (const file of watched) unwatchFile(file, onChange);
    process.off('SIGHUP', onChange);
  };
}

function read(file: string): Buffer {
  const content = attempt(() => readFileSync(file));
  if (!content) throw new CommandError(`${file} cannot be read`);
  return content;
}

function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
