import type { Database } from '../../../src/ledger/database.ts';
import { ledgerIn } from '../../../src/ledger/open.ts';
import type { Ledger } from '../../../src/ports/ledger.ts';

/**
 * Ledgers one after another in one database, each as empty as a new one. Making the schema anew for each takes long, and the database
 * forgets what it has learned about it; so what a new ledger holds is kept aside, and put back.
 */
export async function freshLedgers(database: Database): Promise<() => Promise<Ledger>> {
  const { ledger } = await ledgerIn({ ...database, close: async () => undefined });
  await database.exclusively((on) => on.script(KEEP_ASIDE));
  return async () => {
    await database.exclusively((on) => on.script(PUT_BACK));
    return ledger;
  };
}

const KEEP_ASIDE = `
  create schema new_ledger;
  do $$
  declare name text;
  begin
    for name in select tablename from pg_tables where schemaname = 'tasuki' loop
      execute format('create table new_ledger.%I as table tasuki.%I', name, name);
    end loop;
  end $$`;

/** As a replica does it, because some tables refuse to forget (append-only by trigger). */
const PUT_BACK = `
  set local session_replication_role = replica;
  do $$
  declare name text;
  begin
    execute (select 'truncate ' || string_agg(format('tasuki.%I', tablename), ', ') || ' restart identity'
      from pg_tables where schemaname = 'tasuki');
    for name in select sequencename from pg_sequences where schemaname = 'tasuki' loop
      execute format('alter sequence tasuki.%I restart', name);
    end loop;
    for name in select tablename from pg_tables where schemaname = 'new_ledger' loop
      execute format('insert into tasuki.%I overriding system value table new_ledger.%I', name, name);
    end loop;
  end $$`;
