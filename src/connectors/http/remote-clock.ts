import type { Instant } from '../../domain/values/value.ts';

/** Two hands of this machine: the time of day, which somebody may set, and milliseconds that nobody sets. */
export type Watch = {
  now(): Instant;
  steady(): number;
};

/** The headers of an answer, by their names in lower case. */
export type Headed = Readonly<Record<string, string | undefined>>;

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
 * whoever reads "up to now" by it reads a moment too little, and nothing is passed over. A leap ahead is believed when a second answer in
 * a row says the same: what stands between us and the system may have answered in its place, by a clock of its own.
 */
export class RemoteClock {
  readonly #watch: Watch;
  #best: { readonly ahead: number; readonly steady: number; readonly apart: number } | null = null;
  #doubted: number | null = null;

  constructor(watch: Watch = machineWatch) {
    this.#watch = watch;
  }

  /** An answer has come, with these headers. Without a `Date`, and from a page that is no answer of the API, nothing is learned. */
  note(headers: Headed): void {
    const at = Date.parse(headers['date'] ?? '');
    if (Number.isNaN(at) || headers['content-type']?.includes('json') !== true) return;
    const now = this.#watch.now();
    const steady = this.#watch.steady();
    const known = this.aheadMs();
    const ahead = at - now;
    const isLeap = known !== null && ahead > known + SLOWEST_MS;
    const isFirst = isLeap && (this.#doubted === null || Math.abs(ahead - this.#doubted) > SLOWEST_MS);
    this.#doubted = isFirst ? ahead : null;
    if (isFirst) return;
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
