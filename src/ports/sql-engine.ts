/**
 * The database under the ledger, lent to the queue. The shapes are node-postgres' own, cut down to what a queue needs, so that
 * nobody outside `ledger/` sees whether a server or the process itself is answering.
 */
export type SqlResult = { readonly rows: Record<string, unknown>[]; readonly rowCount: number | null };

export interface SqlClient {
  query(text: string, values?: readonly unknown[]): Promise<SqlResult>;
  release(destroy?: boolean): void;
}

export interface SqlPool {
  query(text: string, values?: readonly unknown[]): Promise<SqlResult>;
  connect(): Promise<SqlClient>;
  end(): Promise<void>;
}

export interface SqlEngine {
  readonly kind: 'pglite' | 'postgres';
  /** A pool whose search path is `schema`. `end` it before the ledger is closed. On PGlite there is one search path: ask for one schema only. */
  openPool(schema: string): Promise<SqlPool>;
}
