import { encode, renderUnicodeCompact } from 'uqr';

/** Level M, and the four light modules around that a reader needs (ISO/IEC 18004). */
const look = { ecc: 'M', border: 4 } as const;

/** A square of modules, light border included. */
export interface QrMatrix {
  /** Modules a side. */
  readonly size: number;
  /** Rows from the top; true is dark. */
  readonly rows: readonly (readonly boolean[])[];
}

/** The QR code of a text, for any painter. */
export function qrMatrix(text: string): QrMatrix {
  const { size, data } = encode(text, look);
  return { size, rows: data };
}

/** The same as lines for a terminal, two modules a character. */
export const qrLines = (text: string): string => renderUnicodeCompact(text, look);
