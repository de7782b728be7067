import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ConfigInvalid, InvariantBroken } from '../errors/errors.ts';
import type { Database } from './database.ts';

/** One append-only step of the schema's history. */
export type Migration = {
  readonly number: number;
  readonly name: string;
  readonly text: string;
  readonly hash: string;
  readonly rollbackFloor: number;
};

type Applied = { readonly number: number; readonly hash: string; readonly rollback_floor: number };

const FOLDER = join(import.meta.dirname, 'migrations');

/**
 * Brings the schema up to date, under a lock, in one transaction.
 *
 * Each migration names its rollback floor: the oldest number a worker may stop at and still work on the result. A worker that
 * knows less than the floor of what it finds refuses to run, rather than write rows that the newer one would misread.
 */
export async function migrate(database: Database, migrations: readonly Migration[]): Promise<void> {
  await database.exclusively(async (on) => {
    await on.script(PREPARE);
    const applied = (await on.rows(
      'select number, hash, rollback_floor from tasuki.migration order by number',
    )) as readonly Applied[];
    checkHistory(applied, migrations);
    for (const migration of migrations.slice(applied.length)) {
      await on.script(migration.text);
      await on.script(record(migration));
    }
  });
}

const PREPARE = `
  create schema if not exists tasuki;
  create table if not exists tasuki.migration (
    number integer primary key, name text not null, hash text not null, rollback_floor integer not null, applied_at timestamptz not null default now()
  );
  comment on table tasuki.migration is 'Which migrations this ledger has had, and how old a worker may be to work on it.';
`;

function record({ number, name, hash, rollbackFloor }: Migration): string {
  return `insert into tasuki.migration (number, name, hash, rollback_floor) values (${number}, '${name}', '${hash}', ${rollbackFloor})`;
}

function checkHistory(applied: readonly Applied[], known: readonly Migration[]): void {
  for (const { number, hash, rollback_floor: floor } of applied) {
    const same = known[number - 1];
    if (same === undefined && floor > known.length) throw tooNew(number, floor, known.length);
    if (same !== undefined && same.hash !== hash) {
      throw new InvariantBroken(
        `Migration ${number} (${same.name}) was edited after it had been applied. Migrations are append-only: restore the file and add a new one.`,
      );
    }
  }
}

function tooNew(number: number, floor: number, known: number): ConfigInvalid {
  const message = `the ledger has migration ${number}, which needs a worker that knows migration ${floor}; this one knows ${known}. Run a newer Tasuki on it.`;
  return new ConfigInvalid([{ at: 'ledger', message }]);
}

/** Reads the migrations that belong to this worker. */
export async function readMigrations(folder: string = FOLDER): Promise<readonly Migration[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
  return Promise.all(
    names.map(async (name, index) => migrationFrom(name, await readFile(join(folder, name), 'utf8'), index + 1)),
  );
}

function migrationFrom(name: string, text: string, expected: number): Migration {
  const number = Number(name.slice(0, 4));
  const floor = /^--! rollback-floor: (\d+)$/m.exec(text)?.[1];
  if (number !== expected || !/^\d{4}_[a-z_]+\.sql$/.test(name))
    throw new InvariantBroken(`${name} should be migration ${expected}: 0001_like_this.sql, without gaps.`);
  if (floor === undefined) throw new InvariantBroken(`${name} lacks its "--! rollback-floor: N" line.`);
  return { number, name, text, hash: createHash('sha256').update(text).digest('hex'), rollbackFloor: Number(floor) };
}
