import type { TestLedger } from '../../support/ledgers.ts';
import { dump } from './dump.ts';
import { openMemoryLedger } from './memory-ledger.ts';

/** A new ledger in memory for the contract suite. There is no SQL under it, and no database to lend. */
export async function memoryLedger(): Promise<TestLedger> {
  const ledger = openMemoryLedger();
  return {
    ledger,
    get engine(): never {
      throw new Error('The ledger in memory stands on no database.');
    },
    sql: () => Promise.reject(new Error('There is no SQL under the ledger in memory.')),
    tables: async () => dump(ledger),
    close: () => ledger.close(),
  };
}
