import { setImmediate as turn } from 'node:timers/promises';
import type { PGlite, Results, Transaction } from '@electric-sql/pglite';
import type { PGliteDialectConfig } from 'kysely';
import { PARSERS } from './parsers.ts';

type Answer<T> = Pick<Results<T>, 'rows' | 'fields' | 'affectedRows'>;
type KyselyPGlite = Exclude<PGliteDialectConfig['pglite'], (...args: never[]) => unknown>;

/**
 * PGlite as Kysely sees it, with a turn of the event loop before each statement.
 *
 * PGlite settles in microtasks: without the turn, a loop of awaited queries starves timers, sockets and the queue's leases until
 * it ends. The parsers are given per query, because the queue shares the instance and expects the plain ones.
 */
export function withTurns(pglite: PGlite, afterTransaction: () => void): KyselyPGlite {
  return {
    get closed() {
      return pglite.closed;
    },
    get ready() {
      return pglite.ready;
    },
    waitReady: pglite.waitReady,
    close: async () => {}, // the instance has another owner
    query: (text, values) => queryOn(pglite, text, values),
    transaction: <T>(work: Parameters<KyselyPGlite['transaction']>[0]) =>
      pglite
        .transaction((tx) =>
          work({ query: (text, values) => queryOn(tx, text, values), rollback: () => tx.rollback() }),
        )
        .finally(afterTransaction) as Promise<T>,
  };
}

async function queryOn<T>(on: PGlite | Transaction, text: string, values: unknown[] | undefined): Promise<Answer<T>> {
  await turn();
  const { rows, fields, affectedRows } = await on.query<T>(text, values, { parsers: PARSERS });
  return { rows, fields, ...(affectedRows === undefined ? {} : { affectedRows }) };
}
