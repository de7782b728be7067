import { AsyncLocalStorage } from 'node:async_hooks';
import type { Purpose } from '../../domain/budget/purposes.ts';
import type { CallBill, CallCounts } from '../../ports/crm.ts';

/** What the work under way is done for; it follows the work across every wait, so lanes that run side by side do not mix. */
const purposes = new AsyncLocalStorage<Purpose>();

/** Counts the calls of one gateway, and keeps what the other side last said of the account's day. Nothing is shared between gateways. */
export class Meter {
  readonly #counts = new Map<string, number>();
  #unpaid = new Map<Purpose, Map<string, number>>();
  #told: CallBill['told'] = null;

  /** Does work whose calls are counted under this purpose. */
  under<T>(purpose: Purpose, work: () => Promise<T>): Promise<T> {
    return purposes.run(purpose, work);
  }

  /** One call of this kind is about to leave. */
  count(kind: string): void {
    this.#counts.set(kind, (this.#counts.get(kind) ?? 0) + 1);
    const purpose = purposes.getStore() ?? 'look-up';
    const kinds = this.#unpaid.get(purpose) ?? new Map<string, number>();
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    this.#unpaid.set(purpose, kinds);
  }

  /** An answer said how many calls the account has, and how many of them are used. */
  tell(used: number, limit: number): void {
    if (Number.isFinite(used) && Number.isFinite(limit) && limit > 0) this.#told = { used, limit };
  }

  counts(): CallCounts {
    return Object.fromEntries(this.#counts);
  }

  /** What was not on an earlier bill. */
  bill(): CallBill {
    const calls = [...this.#unpaid].flatMap(([purpose, kinds]) =>
      [...kinds].map(([kind, count]) => ({ purpose, kind, calls: count })),
    );
    const told = this.#told;
    this.#unpaid = new Map();
    this.#told = null;
    return { calls, told };
  }
}
