import type { Pace } from '../../../src/connectors/http/pace.ts';

/** Time in which a sleep only turns the hands. `slept` tells what would have been waited for. */
export class QuickPace implements Pace {
  readonly slept: number[] = [];
  #now = 1_000;

  monotonic(): number {
    return this.#now;
  }

  sleep(ms: number): Promise<void> {
    this.slept.push(ms);
    this.#now += ms;
    return Promise.resolve();
  }

  chance(): number {
    return 0.5;
  }
}
