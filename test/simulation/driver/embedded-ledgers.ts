import { openPglite } from '../../../src/ledger/open-pglite.ts';
import type { Ledger } from '../../../src/ports/ledger.ts';
import { freshLedgers } from './fresh-ledgers.ts';

/** Embedded ledgers one after another: one instance serves all, since making one takes seconds. */
export async function embeddedLedgers(): Promise<() => Promise<Ledger>> {
  return freshLedgers(await openPglite({ folder: null }));
}
