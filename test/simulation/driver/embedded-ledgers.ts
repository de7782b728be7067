import { ledgerIn } from '../../../src/ledger/open.ts';
import { openPglite } from '../../../src/ledger/open-pglite.ts';
import type { Ledger } from '../../../src/ports/ledger.ts';

const EMPTY_ALL = `
  do $$ declare name text; begin
    for name in select tablename from pg_tables where schemaname = 'tasuki' and tablename <> 'migration' loop
      execute format('truncate tasuki.%I restart identity cascade', name);
    end loop;
  end $$`;

/** Embedded ledgers one after another, each empty: one instance serves all, since making one takes seconds. */
export async function embeddedLedgers(): Promise<() => Promise<Ledger>> {
  const database = await openPglite({ folder: null });
  const { ledger } = await ledgerIn({ ...database, close: async () => undefined });
  return async () => {
    await database.exclusively((on) => on.script(EMPTY_ALL));
    return ledger;
  };
}
