import { sql } from 'kysely';
import { InvariantBroken, LedgerUnavailable } from '../errors/errors.ts';
import { ledgerFailure, mayRunAgain } from './failures.ts';
import type { Session } from './session.ts';

/** How a method of the ledger becomes one transaction. */
export interface Transactions {
  run<T>(work: (on: Session) => Promise<T>): Promise<T>;
  /** For a method of one statement, which happens wholly or not at all by itself: two trips to the database less. */
  single<T>(work: (on: Session) => Promise<T>): Promise<T>;
  rehearse<T>(work: (rehearsal: Transactions) => Promise<T>): Promise<T>;
}

/** Two transactions that wait for each other: the database ends one, and running it once more is all it takes. */
const TRIES = 5;

/** The real thing: each piece of work is a transaction of its own. */
export class Committed implements Transactions {
  readonly #session: Session;
  #closed = false;

  constructor(session: Session) {
    this.#session = session;
  }

  run<T>(work: (on: Session) => Promise<T>): Promise<T> {
    return this.#again(() => this.#session.transaction().execute(work));
  }

  single<T>(work: (on: Session) => Promise<T>): Promise<T> {
    return this.#again(() => work(this.#session));
  }

  async #again<T>(work: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      if (this.#closed) throw new LedgerUnavailable('The ledger has been closed.');
      try {
        return await work();
      } catch (failure) {
        if (attempt < TRIES && mayRunAgain(failure)) continue;
        throw ledgerFailure(failure);
      }
    }
  }

  /** One transaction around everything, rolled back at the end. On PGlite everyone else waits meanwhile. */
  async rehearse<T>(work: (rehearsal: Transactions) => Promise<T>): Promise<T> {
    let kept: { readonly value: T } | undefined;
    try {
      await this.run(async (on) => {
        kept = { value: await work(new Rehearsal(on)) };
        throw new RolledBack();
      });
    } catch (failure) {
      if (!(failure instanceof RolledBack)) throw failure;
    }
    if (kept === undefined) throw new InvariantBroken('A rehearsal ended without a result.');
    return kept.value;
  }

  close(): void {
    this.#closed = true;
  }
}

/** Thrown to undo a rehearsal; nobody outside sees it. */
class RolledBack extends Error {}

/** A rehearsal of fewer pieces of work is over before statistics would help. */
const FIRST_COUNT = 16;

/** Every piece of work runs inside the one outer transaction, one after the other, as they would if each were committed. */
class Rehearsal implements Transactions {
  readonly #outer: Session;
  #last: Promise<unknown> = Promise.resolve();
  #begun = 0;

  constructor(outer: Session) {
    this.#outer = outer;
  }

  run<T>(work: (on: Session) => Promise<T>): Promise<T> {
    const result = this.#last.then(async () => {
      await this.#countRows();
      return work(this.#outer);
    });
    this.#last = result.catch(() => undefined);
    return result.catch((failure: unknown) => {
      throw ledgerFailure(failure);
    });
  }

  single<T>(work: (on: Session) => Promise<T>): Promise<T> {
    return this.run(work);
  }

  /**
   * Nobody else sees what this transaction adds, so no autovacuum counts it, and the planner takes thousands of links for one. Each time
   * the work has doubled is often enough.
   */
  async #countRows(): Promise<void> {
    this.#begun += 1;
    if (this.#begun < FIRST_COUNT || !Number.isInteger(Math.log2(this.#begun))) return;
    await sql`analyze tasuki.entity, tasuki.link, tasuki.sighting, tasuki.tie`.execute(this.#outer);
  }

  rehearse<T>(): Promise<T> {
    return Promise.reject(new InvariantBroken('A rehearsal cannot be rehearsed.'));
  }
}
