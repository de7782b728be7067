import type { KyselyPlugin } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../src/ledger/database.ts';
import { migrate, readMigrations } from '../../src/ledger/migrate.ts';
import { openPglite } from '../../src/ledger/open-pglite.ts';
import { ledgerOn } from '../../src/ledger/sql-ledger.ts';
import { Committed, type Transactions } from '../../src/ledger/transactions.ts';
import { playerOf } from '../simulation/ledger/random-history.ts';
import { ledgerSnapshot } from '../support/ledgers.ts';

const CALLS = 150;

/** Two statements outside a transaction could be half done, or see two moments: no method may do without one that has more than one. */
describe('a method of the ledger that has no transaction around it', () => {
  let database: Database;
  beforeAll(async () => {
    database = await openPglite({ folder: null, snapshot: await ledgerSnapshot() });
    await migrate(database, await readMigrations());
  });
  afterAll(() => database.close());

  it.each([1, 2, 3])('is one statement, in history %d', async (seed) => {
    const told: number[] = [];
    const player = playerOf(
      ledgerOn(counted(database, told), async () => undefined),
      seed,
    );
    for (let nth = 0; nth < CALLS; nth++) await player.step(nth);
    expect(told.length).toBeGreaterThan(CALLS / 10);
    expect(told.filter((statements) => statements > 1)).toEqual([]);
  });
});

/** Real transactions; of every method without one, `told` gets how many statements it was. */
function counted({ session }: Database, told: number[]): Transactions {
  const real = new Committed(session);
  return {
    run: (work) => real.run(work),
    rehearse: (work) => real.rehearse(work),
    async single(work) {
      let statements = 0;
      const counting: KyselyPlugin = {
        transformQuery({ node }) {
          statements += 1;
          return node;
        },
        transformResult: async ({ result }) => result,
      };
      const done = await work(session.withPlugin(counting));
      told.push(statements);
      return done;
    },
  };
}
