import { openMemoryLedger } from '../ledger/memory-ledger.ts';
import { embeddedLedgers } from './embedded-ledgers.ts';
import type { SeedOptions } from './seed-run.ts';
import { serverLedgers } from './server-ledgers.ts';

/**
 * Tier A plays on the ledger in memory; B and P on the real SQL, B on PGlite and P, which takes half the time, on the PostgreSQL server
 * at this URL. Throws for any other name.
 */
export async function tierOf(name: string, server: string | null = null): Promise<SeedOptions> {
  if (name === 'a') return { openLedger: async () => openMemoryLedger() };
  if (name === 'b') return { openLedger: await embeddedLedgers() };
  if (name === 'p' && server !== null) return { openLedger: await serverLedgers(server) };
  throw new RangeError(`There is no tier ${name}: a, b or p.`);
}
