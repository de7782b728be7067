import { RateLimited } from '../../errors/errors.ts';
import type { Pace } from '../http/pace.ts';

/** How long we stay away before one call may look again. The allowance rolls: it frees up with the hours, not at midnight. */
const LOOK_AGAIN_MS = 15 * 60_000;

/**
 * Keeps our share of the org's daily calls.
 *
 * Every answer says how many calls the whole org has used. Beyond the share we stop before Salesforce stops everybody: the
 * limit belongs to the customer's other integrations too, and past it nobody can log in either.
 */
export class DailyAllowance {
  readonly #share: number;
  readonly #pace: Pace;
  #spentAt: number | undefined;
  #usage = '';

  constructor(share: number, pace: Pace) {
    this.#share = share;
    this.#pace = pace;
  }

  /** Takes note of `Sforce-Limit-Info: api-usage=18/5000`. */
  note(header: string | undefined): void {
    const [, used, limit] = header?.match(/\bapi-usage=(\d+)\/(\d+)/) ?? [];
    if (used === undefined || limit === undefined) return;
    this.#usage = `${used} of ${limit}`;
    this.#spentAt = Number(used) >= Number(limit) * this.#share ? this.#pace.monotonic() : undefined;
  }

  /** Throws `RateLimited` while the share is spent. */
  check(): void {
    if (this.#spentAt === undefined) return;
    const waitMs = this.#spentAt + LOOK_AGAIN_MS - this.#pace.monotonic();
    if (waitMs <= 0) return;
    const percent = Math.round(this.#share * 100);
    throw new RateLimited(
      'salesforce',
      Math.ceil(waitMs),
      `The org has used ${this.#usage} calls of its day; Tasuki stops at ${percent} %.`,
    );
  }
}
