import { ledgerIn } from '../../../src/ledger/open.ts';
import { openPglite } from '../../../src/ledger/open-pglite.ts';
import type { Ledger } from '../../../src/ports/ledger.ts';

/** Embedded ledgers one after another, each new: one instance serves all, since making one takes seconds. */
export async function embeddedLedgers(): Promise<() => Promise<Ledger>> {
  const database = await openPglite({ folder: null });
  return async () => {
    await database.exclusively((on) => on.script('drop schema if exists tasuki cascade'));
    return (await ledgerIn({ ...database, close: async () => undefined })).ledger;
  };
}
