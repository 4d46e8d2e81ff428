/** A record of a CSV file and the line it begins at, counted from 1. */
export interface CsvRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

/**
 * The records of a CSV text (RFC 4180): quoted cells may hold commas, quotes and line breaks; a BOM and
 * LF alone are taken, blank lines passed over. Undefined where a quote is not closed or stands inside a
 * plain cell.
 */
export function readCsv(text: string): CsvRecord[] | undefined {
  const token = /"((?:[^"]|"")*)"|[^",\r\n]+|,|\r?\n/y;
  const source = text.replace(/^\uFEFF/, '');
  const records: CsvRecord[] = [];
  let [line, begun] = [1, 1];
  let cells: string[] = [];
  let cell: string | undefined;
  const endRecord = () => {
    if (cell !== undefined || cells.length > 0)
      records.push({ line: begun, cells: [...cells, cell ?? ''] });
    [cells, cell, begun] = [[], undefined, line];
  };
  while (token.lastIndex < source.length) {
    const found = token.exec(source);
    if (!found) return undefined;
    const [whole, quoted] = found;
    line += whole.split('\n').length - 1;
    if (whole === ',') {
      cells.push(cell ?? '');
      cell = undefined;
    } else if (/^\r?\n$/.test(whole)) endRecord();
    else if (cell !== undefined) return undefined;
    else cell = quoted === undefined ? whole : quoted.replaceAll('""', '"');
  }
  endRecord();
  return records;
}
