import { RateLimited } from '../../errors/errors.ts';
import type { Pace } from '../http/pace.ts';

/** How long we stay away before one call may look again. The allowance rolls: it frees up with the hours, not at midnight. */
const LOOK_AGAIN_MS = 15 * 60_000;

/**
 * The last line before the org's daily calls run out: past it nobody can log in, the customer's other integrations as little as we.
 * It holds for each call by itself; what stops earlier, and in which order, is decided by our budget (`src/domain/budget`).
 */
export class DailyAllowance {
  /** The part of the org's calls at which we stop, whoever used them. */
  readonly #share: number;
  readonly #pace: Pace;
  #spentAt: number | undefined;
  #usage = '';

  constructor(share: number, pace: Pace) {
    this.#share = share;
    this.#pace = pace;
  }

  /** Takes note of `Sforce-Limit-Info: api-usage=18/5000`, and says what it says. */
  note(header: string | undefined): { readonly used: number; readonly limit: number } | undefined {
    const [, used, limit] = header?.match(/\bapi-usage=(\d+)\/(\d+)/) ?? [];
    if (used === undefined || limit === undefined) return undefined;
    this.#usage = `${used} of ${limit}`;
    this.#spentAt = Number(used) >= Number(limit) * this.#share ? this.#pace.monotonic() : undefined;
    return { used: Number(used), limit: Number(limit) };
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
