import { AnswerLost } from './failures.ts';
import type { Gateway } from './gateway.ts';
import type { Row } from './row.ts';

export type QueryPage = { readonly rows: readonly Row[]; readonly done: boolean; readonly next: string | undefined };

/** Rows, rows with those in the recycle bin, rows for the daily sweep, and the objects that hold the org's own set-up. */
export type QueryKind = 'query' | 'query-all' | 'survey-query' | 'tooling';
const PATHS: Readonly<Record<QueryKind, string>> = {
  query: '/query',
  'query-all': '/queryAll',
  'survey-query': '/query',
  tooling: '/tooling/query',
};

export type RawPage = { readonly records?: unknown; readonly done?: unknown; readonly nextRecordsUrl?: unknown };

export const WIDEST = { 'Sforce-Query-Options': 'batchSize=2000' };

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
  return await followed(gateway, kind, await queryPage(gateway, kind, soql));
}

/** What stands behind the first page of rows that came inside another row. */
export async function restOfRows(gateway: Gateway, nextRecordsUrl: string): Promise<readonly Row[]> {
  return await followed(gateway, 'query', { rows: [], done: false, next: locatorIn(nextRecordsUrl) });
}

async function followed(gateway: Gateway, kind: QueryKind, first: QueryPage): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (let current = first; ; ) {
    rows.push(...current.rows);
    if (current.done || current.next === undefined) return rows;
    current = await page(gateway, kind, `${kind === 'tooling' ? PATHS.tooling : PATHS.query}/${current.next}`);
  }
}

async function page(gateway: Gateway, kind: QueryKind, path: string): Promise<QueryPage> {
  return pageIn(
    await gateway.read(kind, (connection) =>
      connection.request<RawPage>({ method: 'GET', url: path, headers: { ...WIDEST } }),
    ),
  );
}

/** A page of rows as Salesforce sends it, alone or as a part of a composite. */
export function pageIn({ records, done, nextRecordsUrl }: RawPage): QueryPage {
  if (!Array.isArray(records)) throw new AnswerLost('salesforce', 'Salesforce answered a query without records.');
  const next = typeof nextRecordsUrl === 'string' ? locatorIn(nextRecordsUrl) : undefined;
  return { rows: records, done: done !== false, next };
}

/** The locator is the last piece of a URL that names a host and a version: only the piece is followed. */
function locatorIn(nextRecordsUrl: string): string | undefined {
  return nextRecordsUrl.split('/').at(-1);
}
