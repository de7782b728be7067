import { COLUMNS, ORDER, type Picture, type PictureRow, pictureOf, type TableName } from './picture.ts';

/** Runs a statement and answers with its first row, as `TestLedger.sql` does. */
export type ReadFirst = (text: string) => Promise<Readonly<Record<string, unknown>>>;

/** Columns that hold an instant, or a day, wherever they stand. */
const INSTANT = /(_at|_until|_from)$|^(at|since|until|covers)$/;

/** What a ledger on a database holds, read with one statement; comes in the form of `dump`. */
export async function dumpSql(read: ReadFirst): Promise<Picture> {
  const parts = Object.entries(COLUMNS).map(([name, columns]) => `'${name}', (${rowsOf(name, columns)})`);
  const half = Math.ceil(parts.length / 2);
  // A function takes a hundred arguments at most.
  const statement = `select (jsonb_build_object(${parts.slice(0, half).join(', ')})
    || jsonb_build_object(${parts.slice(half).join(', ')}))::text as tables`;
  const { tables } = await read(statement);
  const told = JSON.parse(String(tables)) as Readonly<Record<TableName, readonly PictureRow[]>>;
  return pictureOf((name) => told[name]);
}

function rowsOf(name: string, columns: readonly string[]): string {
  const order = ORDER[name as TableName];
  const asked = columns.map((column) => `${written(column)} as "${column}"`);
  const inOrder = order === undefined ? '' : ` order by ${order}`;
  return `select coalesce(jsonb_agg(to_jsonb(t)), '[]') from (select ${asked.join(', ')} from tasuki.${name}${inOrder}) t`;
}

function written(column: string): string {
  return INSTANT.test(column) ? `(extract(epoch from "${column}") * 1000)::bigint` : `"${column}"`;
}
