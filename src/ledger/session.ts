import type { Kysely, RawBuilder } from 'kysely';

/**
 * Where statements run: the database, or a transaction on it. The ledger writes its SQL by hand and set-wise, one JSON parameter
 * for a whole set, so Kysely gives the session, the binding and the transaction, not the statements. Every name is qualified
 * (`tasuki.person`): on PGlite the search path belongs to the queue.
 */
export type Session = Kysely<unknown>;

export async function rows<T>(on: Session, statement: RawBuilder<T>): Promise<readonly T[]> {
  return (await statement.execute(on)).rows;
}

export async function firstRow<T>(on: Session, statement: RawBuilder<T>): Promise<T | undefined> {
  return (await statement.execute(on)).rows[0];
}

/** Runs a statement that changes rows; says how many. */
export async function affect(on: Session, statement: RawBuilder<unknown>): Promise<number> {
  return Number((await statement.execute(on)).numAffectedRows ?? 0n);
}
