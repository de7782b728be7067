import { openMemoryLedger } from '../ledger/memory-ledger.ts';
import { embeddedLedgers } from './embedded-ledgers.ts';
import type { SeedOptions } from './seed-run.ts';

/** Tier A plays on the ledger in memory, tier B on PGlite with the real SQL. Throws for any other name. */
export async function tierOf(name: string): Promise<SeedOptions> {
  if (name === 'a') return { openLedger: async () => openMemoryLedger() };
  if (name === 'b') return { openLedger: await embeddedLedgers() };
  throw new RangeError(`There is no tier ${name}: a or b.`);
}
