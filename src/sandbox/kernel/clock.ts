export type VirtualClockOptions = { start: number; frozen?: boolean };

/** One system's own clock, which need not tell the same time as the world's. */
export type SystemClock = Pick<VirtualClock, 'now' | 'monotonic'>;

/** The world's clock, off by as many milliseconds as a switch says. It goes back only where somebody turns that switch down. */
export function clockOff(clock: VirtualClock, aheadMs: () => number): SystemClock {
  return { now: () => clock.now() + aheadMs(), monotonic: () => clock.monotonic() };
}

/**
 * The time of the emulated world. It runs with real time from a start that may lie anywhere, can be held still,
 * and is only ever moved forward: both CRMs promise their readers that a later change has a later timestamp.
 */
export class VirtualClock {
  readonly #start: number;
  readonly #startsFrozen: boolean;
  #held: number;
  #since: number | undefined;

  constructor(options: VirtualClockOptions) {
    this.#start = options.start;
    this.#startsFrozen = options.frozen ?? false;
    this.#held = options.start;
    this.#since = this.#startsFrozen ? undefined : performance.now();
  }

  get frozen(): boolean {
    return this.#since === undefined;
  }

  /** Virtual epoch milliseconds, whole. */
  now(): number {
    const elapsed = this.#since === undefined ? 0 : performance.now() - this.#since;
    return Math.floor(this.#held + elapsed);
  }

  advance(ms: number): void {
    if (!Number.isFinite(ms) || ms < 0) throw new RangeError(`The clock moves forward by 0 ms or more, not by ${ms}`);
    this.#moveTo(this.now() + ms);
  }

  set(ms: number): void {
    const now = this.now();
    if (!Number.isFinite(ms) || ms < now) {
      const wanted = Number.isFinite(ms) ? new Date(ms).toISOString() : String(ms);
      throw new RangeError(`The clock stands at ${new Date(now).toISOString()} and cannot be set back to ${wanted}`);
    }
    this.#moveTo(ms);
  }

  freeze(): void {
    this.#held = this.now();
    this.#since = undefined;
  }

  run(): void {
    this.#since ??= performance.now();
  }

  /** A fresh world begins at its own start again: the only way back. */
  restart(): void {
    this.#held = this.#start;
    this.#since = this.#startsFrozen ? undefined : performance.now();
  }

  /** Real milliseconds: rate windows guard real traffic, so a jump of the virtual clock must not open them. */
  monotonic(): number {
    return performance.now();
  }

  #moveTo(ms: number): void {
    this.#held = ms;
    if (this.#since !== undefined) this.#since = performance.now();
  }
}
