import { VirtualClock } from '../kernel/clock.ts';

/**
 * A clock that can be stood at another instant for the length of one deed. A company's past happens through the same doors
 * as its present, and both systems stamp it with the time at which it happened.
 */
export class StagedClock extends VirtualClock {
  #stood: number | undefined;

  override now(): number {
    return this.#stood ?? super.now();
  }

  during<T>(instant: number, work: () => T): T {
    this.#stood = instant;
    try {
      return work();
    } finally {
      this.#stood = undefined;
    }
  }
}
