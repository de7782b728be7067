import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { SqlPool } from '../ports/sql-engine.ts';
import type { Database } from './database.ts';
import { PARSERS } from './parsers.ts';

/** Two replicas that start at once migrate one after the other. The number is arbitrary, and ours. */
const MIGRATION_LOCK = 7_245_001;
const CONNECT_MS = 10_000;
/** Our slowest statement plans 500 people; one that takes this long is stuck. */
const STATEMENT_MS = 120_000;

/** A PostgreSQL server, 15 or newer. `Client`: connections of another kind than `pg`'s own. */
export async function openPostgres(url: string, given: Pick<pg.PoolConfig, 'Client'> = {}): Promise<Database> {
  const pool = newPool(url, {
    ...given,
    max: 10,
    options: '-c timezone=UTC -c jit=off', // compiling our statements takes longer than running them
    statement_timeout: STATEMENT_MS,
    types: { getTypeParser: parserFor },
  });
  return {
    session: new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) }),
    engine: { kind: 'postgres', openPool: (schema) => openQueuePool(url, schema) },
    exclusively: (work) =>
      inTransaction(pool, (client) =>
        work({
          rows: async (text) => (await client.query<Record<string, unknown>>(text)).rows,
          script: async (text) => void (await client.query(text)),
        }),
      ),
    close: () => pool.end(),
  };
}

/** The queue's own pool: it listens on connections of its own, so these have no share in the ledger's. */
async function openQueuePool(url: string, schema: string): Promise<SqlPool> {
  return newPool(url, { max: 20, options: `-c search_path=${schema}`, keepAlive: true });
}

/** A pool without a listener for `error` ends the process when a server closes an idle connection. */
function newPool(url: string, options: pg.PoolConfig): pg.Pool {
  const pool = new pg.Pool({ connectionString: url, connectionTimeoutMillis: CONNECT_MS, ...options });
  pool.setMaxListeners(0);
  pool.on('error', () => undefined); // the next query meets the same trouble, and reports it to whoever asked
  return pool;
}

const parserFor: pg.CustomTypesConfig['getTypeParser'] = (oid, format) =>
  (format === 'binary' ? undefined : PARSERS[oid]) ?? pg.types.getTypeParser(oid, format);

async function inTransaction(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<void>): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    await client.query(`select pg_advisory_xact_lock(${MIGRATION_LOCK})`);
    await work(client);
    await client.query('commit');
  } catch (failure) {
    await client.query('rollback').catch(() => undefined);
    throw failure;
  } finally {
    client.release();
  }
}
