import type { PGlite } from '@electric-sql/pglite';

/** The first comes early, for the planner of a growing ledger guesses badly without statistics. */
const FIRST_AFTER = 20;
const THEN_EVERY = 200;

/**
 * The autovacuum that PGlite lacks: it has no second process, so nobody would ever collect dead rows or count live ones.
 * A round takes about a tenth of a second on a ledger of 20,000 people.
 */
export function upkeepOf(pglite: PGlite): { afterTransaction(): void; settled(): Promise<void> } {
  let transactions = 0;
  let round: Promise<unknown> = Promise.resolve();
  return {
    afterTransaction() {
      transactions += 1;
      if (transactions !== FIRST_AFTER && transactions % THEN_EVERY !== 0) return;
      round = pglite.exec('vacuum (analyze)').catch(() => undefined); // the next round will do
    },
    async settled() {
      await round;
    },
  };
}
