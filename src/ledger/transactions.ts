import { InvariantBroken, LedgerUnavailable } from '../errors/errors.ts';
import { ledgerFailure, mayRunAgain } from './failures.ts';
import type { Session } from './session.ts';

/** How a method of the ledger becomes one transaction. */
export interface Transactions {
  run<T>(work: (on: Session) => Promise<T>): Promise<T>;
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

  async run<T>(work: (on: Session) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      if (this.#closed) throw new LedgerUnavailable('The ledger has been closed.');
      try {
        return await this.#session.transaction().execute(work);
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

/** Every piece of work runs inside the one outer transaction, one after the other, as they would if each were committed. */
class Rehearsal implements Transactions {
  readonly #outer: Session;
  #last: Promise<unknown> = Promise.resolve();

  constructor(outer: Session) {
    this.#outer = outer;
  }

  run<T>(work: (on: Session) => Promise<T>): Promise<T> {
    const result = this.#last.then(() => work(this.#outer));
    this.#last = result.catch(() => undefined);
    return result.catch((failure: unknown) => {
      throw ledgerFailure(failure);
    });
  }

  rehearse<T>(): Promise<T> {
    return Promise.reject(new InvariantBroken('A rehearsal cannot be rehearsed.'));
  }
}
