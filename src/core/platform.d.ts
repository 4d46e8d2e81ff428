/**
 * The few globals `core` may touch: pure functions of their arguments that every
 * target has (browser page, worker, Node >= 20.19). Clock, randomness, storage and
 * network are deliberately not declared here, so using them does not compile.
 */
declare class TextEncoder {
  encode(text: string): Uint8Array<ArrayBuffer>;
}
declare class TextDecoder {
  constructor(label: 'utf-8', options?: { fatal?: boolean; ignoreBOM?: boolean });
  decode(bytes: Uint8Array): string;
}
declare function atob(text: string): string;
declare function btoa(text: string): string;
interface CryptoKey {
  readonly type: 'public' | 'private' | 'secret';
  readonly extractable: boolean;
}
interface EcdsaParams {
  name: 'ECDSA';
  hash: 'SHA-256';
}
interface EcKeyImportParams {
  name: 'ECDSA';
  namedCurve: 'P-256';
}
interface Pbkdf2Params {
  name: 'PBKDF2';
  hash: 'SHA-256';
  salt: Uint8Array<ArrayBuffer>;
  iterations: number;
}
declare const crypto: {
  readonly subtle: {
    digest(algorithm: 'SHA-256', data: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer>;
    importKey(
      format: 'raw',
      key: Uint8Array<ArrayBuffer>,
      algorithm: EcKeyImportParams | 'PBKDF2',
      extractable: boolean,
      usages: readonly string[],
    ): Promise<CryptoKey>;
    deriveBits(algorithm: Pbkdf2Params, key: CryptoKey, bits: number): Promise<ArrayBuffer>;
    sign(
      algorithm: EcdsaParams | 'HMAC',
      key: CryptoKey,
      data: Uint8Array<ArrayBuffer>,
    ): Promise<ArrayBuffer>;
    verify(
      algorithm: EcdsaParams,
      key: CryptoKey,
      signature: Uint8Array<ArrayBuffer>,
      data: Uint8Array<ArrayBuffer>,
    ): Promise<boolean>;
  };
};
/** Streams of bytes, as far as inflating a status list and deflating a workbook needs them. */
declare class DecompressionStream {
  constructor(format: 'deflate');
  readonly readable: {
    getReader(): {
      read(): Promise<{ done: boolean; value?: Uint8Array }>;
      cancel(): Promise<void>;
    };
  };
  readonly writable: {
    getWriter(): { write(bytes: Uint8Array): Promise<void>; close(): Promise<void> };
  };
}
/** Not in every browser, nor every format of it: whoever makes one has an answer for a `TypeError` or `ReferenceError`. */
declare class CompressionStream {
  constructor(format: 'deflate-raw');
  readonly readable: {
    getReader(): {
      read(): Promise<{ done: boolean; value?: Uint8Array }>;
      cancel(): Promise<void>;
    };
  };
  readonly writable: {
    getWriter(): { write(bytes: Uint8Array): Promise<void>; close(): Promise<void> };
  };
}
