import type { Instant } from '../../domain/values/value.ts';

/** Two hands of this machine: the time of day, which somebody may set, and milliseconds that nobody sets. */
export type Watch = {
  now(): Instant;
  steady(): number;
};

export const machineWatch: Watch = { now: () => Date.now(), steady: () => performance.now() };

/** An answer bears the second in which it left, and a slow one is under way for a while: later than this, the other clock was set back. */
const SLOWEST_MS = 40_000;
/** The best measurement loses so much of its worth as time goes by: ten times as fast as a clock of a machine drifts. */
const FADES = 1 / 1_000;
/** More than this between the two hands: the time of day was set, or the machine slept. */
const SET_MS = 1_000;

/**
 * The clock of the other side, by the `Date` that every answer bears (RFC 9110, 6.6.1): its stamps come from that clock, and none from ours.
 *
 * What is told does not run ahead of it, trails it by the second in which the quickest answer was under way, and does not go back:
 * whoever reads "up to now" by it reads a moment too little, and nothing is passed over.
 */
export class RemoteClock {
  readonly #watch: Watch;
  #best: { readonly ahead: number; readonly steady: number; readonly apart: number } | null = null;

  constructor(watch: Watch = machineWatch) {
    this.#watch = watch;
  }

  /** An answer has come, with this `Date`; without one nothing is learned. */
  note(date: string | undefined): void {
    const at = Date.parse(date ?? '');
    if (Number.isNaN(at)) return;
    const now = this.#watch.now();
    const steady = this.#watch.steady();
    const known = this.aheadMs();
    const ahead = at - now;
    const wasSetBack = known !== null && ahead < known - SLOWEST_MS;
    this.#best = { ahead: known === null || wasSetBack ? ahead : Math.max(ahead, known), steady, apart: now - steady };
  }

  /** How far it is ahead of ours, behind where negative; `null` before the first answer, and after our own time of day was set. */
  aheadMs(): number | null {
    if (this.#best === null) return null;
    const now = this.#watch.now();
    const steady = this.#watch.steady();
    if (Math.abs(now - steady - this.#best.apart) > SET_MS) return null;
    return Math.floor(this.#best.ahead - (steady - this.#best.steady) * FADES);
  }
}
