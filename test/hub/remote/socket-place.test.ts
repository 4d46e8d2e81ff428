import { chmodSync, mkdirSync, mkdtempSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { placeToAsk, placeToListen } from '../../../src/hub/remote/socket-place.ts';

const fresh = () => mkdtempSync(join(tmpdir(), 'kakou-place-'));

describe('where the hub hears its operator', () => {
  it('is in the data folder', () => {
    const folder = fresh();
    expect(placeToListen(folder)).toBe(join(folder, 'hub.sock'));
  });

  it('is elsewhere where the path is longer than a socket’s may be, in a folder of its user alone', () => {
    const folder = join(fresh(), 'x'.repeat(100));
    mkdirSync(folder);
    const temporary = fresh();
    const place = placeToListen(folder, temporary) ?? '';
    expect(place.startsWith(join(temporary, 'kakou-'))).toBe(true);
    expect(Buffer.byteLength(place)).toBeLessThan(104);
  });

  it('is nowhere when somebody else could listen there', () => {
    const folder = join(fresh(), 'x'.repeat(100));
    mkdirSync(folder);
    const temporary = fresh();
    const theirs = join(temporary, `kakou-${process.getuid?.()}`);
    mkdirSync(theirs);
    chmodSync(theirs, 0o777);
    expect(placeToListen(folder, temporary)).toBeUndefined();
  });

  it('is the same by whatever link the folder is reached', () => {
    const folder = fresh();
    const link = join(fresh(), 'link');
    symlinkSync(folder, link);
    expect(placeToListen(link)).toBe(placeToListen(folder));
  });

  it('is asked nowhere where no hub listens', () => {
    expect(placeToAsk(fresh())).toBeUndefined();
    expect(placeToAsk(join(fresh(), 'none'))).toBeUndefined();
  });
});
