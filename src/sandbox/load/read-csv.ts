import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { parse } from 'csv-parse';
import type { FileSpec } from './plan-schema.ts';
import type { BadRow } from './report.ts';

export type CsvRow = { line: number; values: Readonly<Record<string, string>> };
export type CsvFile = {
  path: string;
  columns: readonly string[];
  rows: CsvRow[];
  byKey: ReadonlyMap<string, CsvRow>;
  bad: BadRow[];
  read: number;
};

type Parsed = { record: string[]; info: { lines: number } };

/** Reads one file, row by row. What cannot be used is named with its line and left out. */
export async function readCsv(path: string, spec: FileSpec): Promise<CsvFile> {
  const bad: BadRow[] = [];
  const rows: CsvRow[] = [];
  const byKey = new Map<string, CsvRow>();
  let columns: string[] | undefined;
  let read = 0;
  let overcounted = 0;
  for await (const parsed of parsedRows(path, spec, bad)) {
    const { record, info } = parsed;
    const breaks = breaksIn(record);
    overcounted += breaks.double;
    const line = info.lines - overcounted - breaks.all;
    if (columns === undefined) {
      columns = record.map((name) => name.trim());
      continue;
    }
    if (record.length === 1 && record[0] === '') continue;
    read += 1;
    const row = { line, values: Object.fromEntries(columns.map((name, index) => [name, record[index] ?? ''])) };
    const reason = faultOf(row, record.length, columns.length, spec.key, byKey);
    if (reason !== undefined) {
      bad.push({ file: path, line, reason });
      continue;
    }
    rows.push(row);
    if (spec.key !== undefined) byKey.set(row.values[spec.key] ?? '', row);
  }
  return {
    path,
    columns: columns ?? [],
    rows,
    byKey,
    bad,
    read: read + bad.filter(({ reason }) => reason.startsWith(UNREADABLE)).length,
  };
}

/**
 * A row is named by the line on which it begins; the parser knows the one on which it ends, and counts CR LF inside of
 * quotes as two.
 */
function breaksIn(record: readonly string[]): { all: number; double: number } {
  const whole = record.join('');
  return { all: whole.split('\n').length - 1, double: whole.split('\r\n').length - 1 };
}

const UNREADABLE = 'the row cannot be read';

async function* parsedRows(path: string, spec: FileSpec, bad: BadRow[]): AsyncGenerator<Parsed> {
  const parser = parse({
    delimiter: spec.delimiter,
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_records_with_error: true,
  });
  parser.on('skip', (error: { lines?: number; message: string } | undefined) => {
    bad.push({ file: path, line: error?.lines ?? 0, reason: `${UNREADABLE}: ${error?.message ?? 'unknown'}` });
  });
  // `pipeline` hands a read error to the parser, whose loop then throws it.
  pipeline(createReadStream(path), decodedFrom(spec.encoding), parser, () => undefined);
  yield* parser as AsyncIterable<Parsed>;
}

function decodedFrom(encoding: string): (bytes: AsyncIterable<Buffer>) => AsyncGenerator<string> {
  return async function* decode(bytes) {
    // It also takes the byte order mark away that spreadsheets put before the first column's name.
    const decoder = new TextDecoder(encoding);
    for await (const chunk of bytes) yield decoder.decode(chunk, { stream: true });
    yield decoder.decode();
  };
}

function faultOf(
  row: CsvRow,
  found: number,
  wanted: number,
  key: string | undefined,
  byKey: ReadonlyMap<string, CsvRow>,
): string | undefined {
  if (found !== wanted) return `it has ${found} columns, the header has ${wanted}`;
  if (key === undefined) return undefined;
  const value = row.values[key] ?? '';
  if (value === '') return `its key "${key}" is empty`;
  const earlier = byKey.get(value);
  return earlier === undefined ? undefined : `its key ${key} = "${value}" stands on line ${earlier.line} already`;
}
