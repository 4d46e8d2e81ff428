import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';

/** Old Chromiums as npm packages hold them, and what those must be: version → package, file in it, digest. */
const kept = {
  '90': {
    name: 'chrome-aws-lambda@8.0.2',
    file: 'package/bin/chromium.br',
    sha512:
      'a4VEX6DknxISPqGLksZa/JuEnjc4nLXaG0BMp5c9qERvJ/eBHPUJ7oCRQQC+SxSxuxsEwxbBj2RBlCQbivnihg==',
  },
  '114': {
    name: '@sparticuz/chromium@114.0.0',
    file: 'package/bin/chromium.br',
    sha512:
      'jzOUZInBjnJYXXCJFCDOEQb0t22Klx2+t7isZEiSOxLdDyDtDaykUS5c8Bw4KczWYb4fDxorO0D+g0rCFq5/gA==',
  },
} as const;

/** `tsx test/engines/old-chromium.ts FOLDER VERSION`: fetches it, unpacks it there, prints its path. */
function main([folder, version]: readonly string[]): void {
  const known =
    version !== undefined && version in kept ? (version as keyof typeof kept) : undefined;
  if (folder === undefined || known === undefined) {
    console.error(`usage: old-chromium.ts FOLDER ${Object.keys(kept).join('|')}`);
    process.exitCode = 64;
    return;
  }
  mkdirSync(folder, { recursive: true });
  const { name, file, sha512 } = kept[known];
  const packed = execFileSync('npm', ['pack', name, '--silent', '--pack-destination', folder], {
    encoding: 'utf8',
  });
  const archive = join(folder, packed.trim());
  const found = createHash('sha512').update(readFileSync(archive)).digest('base64');
  if (found !== sha512) throw new Error(`${name} is not what was tried: sha512-${found}`);
  execFileSync('tar', ['-xzf', archive, '-C', folder, file]);
  const path = join(folder, `chromium-${known}`);
  writeFileSync(path, brotliDecompressSync(readFileSync(join(folder, file))), { mode: 0o755 });
  console.log(path);
}

main(process.argv.slice(2));
