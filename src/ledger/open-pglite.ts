import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { Kysely, PGliteDialect } from 'kysely';
import type { Database } from './database.ts';
import { lockFolder } from './folder-lock.ts';
import { PglitePool } from './pglite-pool.ts';
import { withTurns } from './pglite-turns.ts';
import { upkeepOf } from './pglite-upkeep.ts';

/** Where an embedded ledger lives. `snapshot` is a dumped data folder to begin from, which spares tests the two seconds of initdb. */
export type EmbeddedPlace = { readonly folder: string | null; readonly snapshot?: Blob };

/** An embedded database can be dumped, for `snapshot`. */
export type EmbeddedDatabase = Database & { dump(): Promise<Blob> };

/**
 * PostgreSQL inside this process. PGlite itself takes no lock, and a second process that opens the folder corrupts it, so the
 * lock file comes first and goes last.
 */
export async function openPglite({ folder, snapshot }: EmbeddedPlace): Promise<EmbeddedDatabase> {
  const unlock = folder === null ? async () => {} : await lockFolder(folder);
  try {
    if (folder !== null) await mkdir(join(folder, 'pgdata'), { recursive: true });
    const dataDir = folder === null ? 'memory://' : join(folder, 'pgdata');
    const pglite = await PGlite.create({ dataDir, ...(snapshot === undefined ? {} : { loadDataDir: snapshot }) });
    return databaseOn(pglite, unlock);
  } catch (failure) {
    await unlock();
    throw failure;
  }
}

function databaseOn(pglite: PGlite, unlock: () => Promise<void>): EmbeddedDatabase {
  const upkeep = upkeepOf(pglite);
  const session = new Kysely<unknown>({
    dialect: new PGliteDialect({ pglite: withTurns(pglite, upkeep.afterTransaction) }),
  });
  return {
    session,
    engine: {
      kind: 'pglite',
      async openPool(schema) {
        await pglite.exec(`create schema if not exists ${schema}; set search_path to ${schema}`);
        return new PglitePool(pglite);
      },
    },
    exclusively: (work) =>
      pglite.transaction((tx) =>
        work({
          rows: async (text) => (await tx.query<Record<string, unknown>>(text)).rows,
          script: async (text) => void (await tx.exec(text)),
        }),
      ),
    dump: () => pglite.dumpDataDir('none'),
    async close() {
      await upkeep.settled();
      if (!pglite.closed) await pglite.close();
      await unlock();
    },
  };
}
