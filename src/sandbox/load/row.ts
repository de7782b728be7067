import type { Condition } from './field-schema.ts';
import type { CsvFile, CsvRow } from './read-csv.ts';

/** A row with what was joined to it. Columns of the row itself are bare, joined ones carry their file's name. */
export type Row = { line: number; get(column: string): string };

export function joinedRow(
  row: CsvRow,
  join: Readonly<Record<string, string>>,
  files: ReadonlyMap<string, CsvFile>,
): Row {
  const others = new Map<string, CsvRow | undefined>(
    Object.entries(join).map(([file, column]) => [file, files.get(file)?.byKey.get(row.values[column] ?? '')]),
  );
  return {
    line: row.line,
    get: (column) => {
      const own = row.values[column];
      if (own !== undefined) return own;
      const dot = column.indexOf('.');
      return others.get(column.slice(0, dot))?.values[column.slice(dot + 1)] ?? '';
    },
  };
}

export function holds(condition: Condition, row: Row): boolean {
  return Object.entries(condition).every(([column, test]) => {
    const value = row.get(column);
    if (typeof test === 'string') return value === test;
    if (Array.isArray(test)) return test.includes(value);
    if ('empty' in test) return (value === '') === test.empty;
    return Array.isArray(test.not) ? !test.not.includes(value) : value !== test.not;
  });
}

const PLACEHOLDER = /\{([^{}:]+)(?::(\d+))?\}/g;

/**
 * Puts columns into a text; a number after the name takes that many signs from the start.
 *
 *     fillTemplate('{mql_id:4}@example.com', row)   // => 'dac3@example.com'
 */
export function fillTemplate(template: string, row: Pick<Row, 'get'>): string {
  return template.replace(PLACEHOLDER, (_whole, column: string, length: string | undefined) => {
    const value = row.get(column);
    return length === undefined ? value : value.slice(0, Number(length));
  });
}

export function columnsInTemplate(template: string): string[] {
  return [...template.matchAll(PLACEHOLDER)].map(([, column]) => column ?? '');
}
