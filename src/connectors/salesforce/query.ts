import { AnswerLost } from './failures.ts';
import type { Gateway } from './gateway.ts';
import type { Row } from './sightings.ts';

export type QueryPage = { readonly rows: readonly Row[]; readonly done: boolean; readonly next: string | undefined };

/** Rows, rows with those in the recycle bin, and the objects that hold the org's own set-up. */
export type QueryKind = 'query' | 'query-all' | 'tooling';
const PATHS: Readonly<Record<QueryKind, string>> = {
  query: '/query',
  'query-all': '/queryAll',
  tooling: '/tooling/query',
};

type RawPage = { readonly records?: unknown; readonly done?: unknown; readonly nextRecordsUrl?: unknown };

const WIDEST = { 'Sforce-Query-Options': 'batchSize=2000' };

/**
 * One page of a query. `queryAll` sees deleted rows and archived activities as well.
 *
 * Not jsforce's `query`: with `autoFetch` it stops at 10,000 records without an error, and it keeps every page in memory.
 */
export async function queryPage(gateway: Gateway, kind: QueryKind, soql: string): Promise<QueryPage> {
  return await page(gateway, kind, `${PATHS[kind]}?q=${encodeURIComponent(soql)}`);
}

/** All rows of a query, page after page. Only for what is small by nature: users, queues, lists of ids. */
export async function queryRows(gateway: Gateway, kind: QueryKind, soql: string): Promise<readonly Row[]> {
  const rows: Row[] = [];
  let current = await queryPage(gateway, kind, soql);
  for (;;) {
    rows.push(...current.rows);
    if (current.done || current.next === undefined) return rows;
    current = await page(gateway, kind, `${kind === 'tooling' ? PATHS.tooling : PATHS.query}/${current.next}`);
  }
}

async function page(gateway: Gateway, kind: QueryKind, path: string): Promise<QueryPage> {
  const raw = await gateway.read(kind, (connection) =>
    connection.request<RawPage>({ method: 'GET', url: path, headers: { ...WIDEST } }),
  );
  if (!Array.isArray(raw.records)) throw new AnswerLost('salesforce', 'Salesforce answered a query without records.');
  // The locator is the last piece of a URL that names a host and a version: only the piece is followed.
  const next = typeof raw.nextRecordsUrl === 'string' ? raw.nextRecordsUrl.split('/').at(-1) : undefined;
  return { rows: raw.records, done: raw.done !== false, next };
}
