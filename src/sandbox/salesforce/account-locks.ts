/** One request's stay in the org, from its arrival on. */
export type Visit = { readonly arrivedAt: number; readonly name: symbol };

/**
 * Which requests write below one Account at the same time. Requests run one after the other here, so two of them are
 * taken to overlap if one had arrived before the other wrote.
 */
export class AccountLocks {
  #moment = 0;
  #current: Visit | undefined;
  #writes = new Map<string, { at: number; by: symbol }>();

  arrive(): Visit {
    return { arrivedAt: ++this.#moment, name: Symbol('request') };
  }

  /** Runs a request's work; what it writes meanwhile counts as its own. */
  during<T>(visit: Visit, work: () => T): T {
    this.#current = visit;
    try {
      return work();
    } finally {
      this.#current = undefined;
    }
  }

  /** False if another request that was open at the same time has written there. People at the screen lock nothing. */
  take(accountId: string): boolean {
    if (this.#current === undefined) return true;
    const { arrivedAt, name } = this.#current;
    const last = this.#writes.get(accountId);
    if (last !== undefined && last.by !== name && last.at > arrivedAt) return false;
    this.#writes.set(accountId, { at: ++this.#moment, by: name });
    return true;
  }

  clear(): void {
    this.#writes.clear();
  }
}
