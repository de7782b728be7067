import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ConfigInvalid, InvariantBroken } from '../../../src/errors/errors.ts';
import type { Database } from '../../../src/ledger/database.ts';
import { type Migration, migrate, readMigrations } from '../../../src/ledger/migrate.ts';

/** A database that has had these migrations, and writes down which further ones it is given. */
function databaseWith(applied: readonly Migration[], ran: string[] = []): Database {
  const rows = applied.map(({ number, hash, rollbackFloor }) => ({ number, hash, rollback_floor: rollbackFloor }));
  return {
    exclusively: (work: Parameters<Database['exclusively']>[0]) =>
      work({ rows: async () => rows, script: async (text) => void ran.push(text) }),
  } as Database;
}

describe('migrations', () => {
  const migration = (number: number, rollbackFloor = 1): Migration => ({
    number,
    name: `000${number}_x.sql`,
    text: `-- ${number}`,
    hash: `hash ${number}`,
    rollbackFloor,
  });

  it('runs what is missing, in order, and nothing twice', async () => {
    const ran: string[] = [];
    await migrate(databaseWith([migration(1)], ran), [migration(1), migration(2), migration(3)]);
    expect(ran.filter((text) => text.startsWith('-- '))).toEqual(['-- 2', '-- 3']);
  });

  it('an older worker works on a newer ledger as far as the floor allows, and refuses below it', async () => {
    await migrate(databaseWith([migration(1), migration(2, 1)]), [migration(1)]);
    await expect(migrate(databaseWith([migration(1), migration(2, 2)]), [migration(1)])).rejects.toThrow(ConfigInvalid);
  });

  it('a migration that was edited after it had been applied is refused', async () => {
    await expect(migrate(databaseWith([{ ...migration(1), hash: 'other' }]), [migration(1)])).rejects.toThrow(
      InvariantBroken,
    );
  });

  it('reads our own: numbered without gaps, each with its floor and a first line that says why', async () => {
    const migrations = await readMigrations();
    expect(migrations.map(({ number }) => number)).toEqual(migrations.map((_, index) => index + 1));
    for (const { text, number } of migrations)
      expect(text).toMatch(new RegExp(`^-- ${String(number).padStart(4, '0')} \\S.{20}`));
  });

  it('a file without a floor is refused', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tasuki-migrations-'));
    await writeFile(join(folder, '0001_first.sql'), '-- 0001 The first.\nselect 1;');
    await expect(readMigrations(folder)).rejects.toThrow('rollback-floor');
    await rm(folder, { recursive: true });
  });
});
