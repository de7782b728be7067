import { ConfigInvalid } from '../errors/errors.ts';
import type { Ledger } from '../ports/ledger.ts';
import type { SqlEngine } from '../ports/sql-engine.ts';
import type { Database } from './database.ts';
import { ledgerFailure } from './failures.ts';
import { migrate, readMigrations } from './migrate.ts';
import { openPglite } from './open-pglite.ts';
import { openPostgres } from './open-postgres.ts';
import { ledgerOn } from './sql-ledger.ts';
import { Committed } from './transactions.ts';

/**
 * Where a ledger lives: a PostgreSQL server, a folder that this process will own, or memory (tests, rehearsals on nothing).
 * `snapshot` is a dumped ledger to begin from, for memory and new folders.
 */
export type LedgerPlace = {
  readonly url?: string | undefined;
  readonly folder?: string | undefined;
  readonly memory?: boolean | undefined;
  readonly snapshot?: Blob | undefined;
};

/** An open ledger, and the database under it for the queue to share. Close the queue first, then the ledger. */
export type OpenLedger = { readonly ledger: Ledger; readonly engine: SqlEngine };

/**
 * Opens the ledger and brings its schema up to date.
 *
 * Throws `LedgerInUse` when another process owns the folder, `LedgerUnavailable` when the server does not answer, and
 * `ConfigInvalid` when a newer Tasuki has changed the schema beyond what this one understands.
 */
export async function openLedger(place: LedgerPlace): Promise<OpenLedger> {
  try {
    return await ledgerIn(await openDatabase(place));
  } catch (failure) {
    throw ledgerFailure(failure);
  }
}

/** The ledger in an open database, which closes with it. */
export async function ledgerIn(database: Database): Promise<OpenLedger> {
  try {
    await migrate(database, await readMigrations());
  } catch (failure) {
    await database.close().catch(() => undefined);
    throw failure;
  }
  const transactions = new Committed(database.session);
  const close = async () => {
    transactions.close();
    await database.close();
  };
  return { ledger: ledgerOn(transactions, close), engine: database.engine };
}

async function openDatabase({ url, folder, memory, snapshot }: LedgerPlace): Promise<Database> {
  if (url !== undefined) return openPostgres(url);
  const from = snapshot === undefined ? {} : { snapshot };
  if (folder !== undefined) return openPglite({ folder, ...from });
  if (memory === true) return openPglite({ folder: null, ...from });
  throw new ConfigInvalid([
    { at: 'DATABASE_URL', message: 'name a PostgreSQL server, or a data folder for the embedded ledger.' },
  ]);
}
