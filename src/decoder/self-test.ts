/** A code as dense as a live pass (version 8-L, 49 modules a side), row by row, one bit a module. */
const side = 49;
const bits =
  '/jOofVy/wVdgxFfQbprlMRdrt1jKKxGl26cSf/IC7BbQsaqRB/qqqqqq/gA+DG8IAPvRi/QFVVqrvAt8IbKQC8Rkn7ez' +
  'nFNDlvhiEh2St4KPp9zBt7ssN7sO3UuYxbdxBYaTkaygYyCiQnbelGnW1bc5XQXBNUHv/PSj4mUCiYjCBYkjs+8b/llf' +
  'oM/pcfZERpkdCsdGpEWsvGZjFZJE3+JN+bu+mJq8Y5A0AegSCpvokIunyPC89F7uuTVbgOB1soiDt8PegwWY5ACaYO2d' +
  'shXPkefFueOJUQnFliI95Rr4rQkuSTZdlCkf+c/3luLh1s1AoVDiaW/tV/sAc+8W48a/pCirUyvQQZzHl5ErrpJ+3E+V' +
  '1KfPW/Dy6p4wznN3BeH65qkM/uEYHm40gA==';
const alphabet = '0123456789 $%*+-./:ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const modulePx = 4;
const quiet = 4;

/** What a detector must read before it is trusted with passes. */
export const selfTest = {
  text: `KK1:SELF-TEST ${alphabet.repeat(5).slice(0, 206)}`,

  /** The code with its quiet zone as a square of RGBA pixels. */
  picture(): { data: Uint8ClampedArray<ArrayBuffer>; size: number } {
    const packed = Uint8Array.from(atob(bits), (letter) => letter.charCodeAt(0));
    const size = (side + 2 * quiet) * modulePx;
    const data = new Uint8ClampedArray(4 * size * size).fill(255);
    for (let at = 0; at < side * side; at++) {
      if ((((packed[at >> 3] ?? 0) >> (7 - (at & 7))) & 1) === 0) continue;
      const left = ((at % side) + quiet) * modulePx;
      const top = (Math.floor(at / side) + quiet) * modulePx;
      for (let row = top; row < top + modulePx; row++)
        for (let column = left; column < left + modulePx; column++)
          data.fill(0, 4 * (row * size + column), 4 * (row * size + column) + 3);
    }
    return { data, size };
  },
};
