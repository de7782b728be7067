import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { migrate, readMigrations } from '../../src/ledger/migrate.ts';
import { openPglite } from '../../src/ledger/open-pglite.ts';
import { startPostgres } from './postgres-server.ts';
import { startRedis } from './redis-server.ts';

/** What the suites are given; `null` where the machine has no such server. */
declare module 'vitest' {
  export interface ProvidedContext {
    postgresUrl: string | null;
    redisUrl: string | null;
    /** A file with a dumped, freshly migrated embedded ledger. */
    ledgerSnapshot: string;
  }
}

type Server = { readonly url: string; stop(): Promise<void> };

/**
 * Starts the servers that this machine has, in temporary folders, for one run of the contract suites. Says plainly what is
 * skipped; with TASUKI_REQUIRE_SERVERS=1, as in CI, a missing server is a failure instead.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const postgres = await found('PostgreSQL', startPostgres);
  const redis = await found('Redis', startRedis);
  const folder = await mkdtemp(join(tmpdir(), 'tasuki-ledger-'));
  project.provide('postgresUrl', postgres?.url ?? null);
  project.provide('redisUrl', redis?.url ?? null);
  project.provide('ledgerSnapshot', await dumpLedger(folder));
  return async () => {
    await Promise.all([postgres?.stop(), redis?.stop()]);
    await rm(folder, { recursive: true, force: true });
  };
}

async function found(name: string, start: () => Promise<Server>): Promise<Server | null> {
  try {
    return await start();
  } catch (failure) {
    if (process.env['TASUKI_REQUIRE_SERVERS'] === '1') throw failure;
    process.stderr.write(`\n${name} is not tested: ${(failure as Error).message}\n`);
    return null;
  }
}

/** Making a data folder takes seconds, copying one takes a third of one: it is made once for all. */
async function dumpLedger(folder: string): Promise<string> {
  const database = await openPglite({ folder: null });
  await migrate(database, await readMigrations());
  const file = join(folder, 'ledger.tar');
  await writeFile(file, Buffer.from(await (await database.dump()).arrayBuffer()));
  await database.close();
  return file;
}
