/**
 * The modules that every code of a size has alike (ISO/IEC 18004, finder, timing and the last
 * alignment pattern), row by row: -1 dark, 1 light; 0 for all others.
 */
export function fixedModules(size: number): Int8Array {
  return Int8Array.from({ length: size * size }, (_, at) => {
    const [column, row] = [at % size, Math.floor(at / size)];
    return finder(column, row, size) || timing(column, row) || alignment(column, row, size);
  });
}

function finder(column: number, row: number, size: number): number {
  const x = column >= size - 8 && row < 8 ? size - 1 - column : column;
  const y = row >= size - 8 && column < 8 ? size - 1 - row : row;
  if (x >= 8 || y >= 8) return 0;
  const ring = Math.max(Math.abs(x - 3), Math.abs(y - 3));
  return ring === 2 || ring === 4 ? 1 : -1;
}

function timing(column: number, row: number): number {
  if (column !== 6 && row !== 6) return 0;
  return (column + row) % 2 ? 1 : -1;
}

function alignment(column: number, row: number, size: number): number {
  const ring = Math.max(Math.abs(size - 7 - column), Math.abs(size - 7 - row));
  if (size <= 21 || ring > 2) return 0;
  return ring === 1 ? 1 : -1;
}
