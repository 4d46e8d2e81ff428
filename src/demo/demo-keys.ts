import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { type KeyFile, keyFile } from '../authority/keys.ts';
import { Fault } from '../core/fault.ts';

export const demoFile = new URL('../../keys/demo-private.json', import.meta.url);

export const pinnedRootFile = new URL('../../keys/root.1.json', import.meta.url);

/** The demo keys of this repository. Faults: `config-invalid` when the file is missing or broken. */
export function demoKeys(): KeyFile {
  const parsed = v.safeParse(keyFile, JSON.parse(new TextDecoder().decode(read(demoFile))));
  if (!parsed.success)
    throw new Fault('config-invalid', 'keys/demo-private.json is not a key file');
  return parsed.output;
}

/** Root 1, the same bytes the app is built with. */
export const pinnedRoot = (): Uint8Array<ArrayBuffer> => read(pinnedRootFile);

export function read(file: URL): Uint8Array<ArrayBuffer> {
  try {
    return new Uint8Array(readFileSync(file));
  } catch (cause) {
    const name = file.pathname.split('/').slice(-2).join('/');
    throw new Fault('config-invalid', `${name} cannot be read`, { cause });
  }
}
