import type { Pace } from './pace.ts';

/** So many calls in any stretch of so many milliseconds, and so many under way at once. */
export type Allowance = { readonly calls: number; readonly perMs: number; readonly concurrent: number };

/**
 * Keeps one gateway inside its allowance; calls wait their turn, first come first served.
 *
 * The bound on calls under way is also the bound on sockets: the runtime's `fetch` opens as many as it is asked for.
 * Nothing here is shared between gateways, so one tenant or one test cannot slow another.
 */
export class Throttle {
  readonly #allowance: Allowance;
  readonly #pace: Pace;
  readonly #starts: number[] = [];
  readonly #waiting: (() => void)[] = [];
  #running = 0;
  #heldUntil = 0;
  #turn: Promise<void> = Promise.resolve();

  constructor(allowance: Allowance, pace: Pace) {
    this.#allowance = allowance;
    this.#pace = pace;
  }

  async run<T>(work: () => Promise<T>): Promise<T> {
    await this.#enter();
    try {
      this.#turn = this.#turn.then(() => this.#awaitWindow());
      await this.#turn;
      return await work();
    } finally {
      this.#leave();
    }
  }

  /** Nobody starts for this long: the server said so to one of us, and it means all of us. */
  hold(ms: number): void {
    this.#heldUntil = Math.max(this.#heldUntil, this.#pace.monotonic() + ms);
  }

  async #enter(): Promise<void> {
    if (this.#running < this.#allowance.concurrent) {
      this.#running += 1;
      return;
    }
    await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  #leave(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#running -= 1;
    else next();
  }

  async #awaitWindow(): Promise<void> {
    const { calls, perMs } = this.#allowance;
    for (;;) {
      const now = this.#pace.monotonic();
      const oldest = this.#starts.length >= calls ? this.#starts[0] : undefined;
      const free = Math.max(this.#heldUntil, oldest === undefined ? 0 : oldest + perMs);
      if (free <= now) {
        this.#starts.push(now);
        if (this.#starts.length > calls) this.#starts.shift();
        return;
      }
      await this.#pace.sleep(free - now);
    }
  }
}
