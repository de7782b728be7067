import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Time as a gateway feels it, for rate windows and short waits. Always real time, also when the worker follows the sandbox's
 * virtual clock: a server counts its requests by the wall. Tests hand in one whose `sleep` only turns the hands.
 */
export type Pace = {
  /** Milliseconds that never jump back. */
  monotonic(): number;
  sleep(ms: number): Promise<void>;
  /** At least 0, less than 1: spreads waits, so that replicas that failed together do not come back together. */
  chance(): number;
};

export const realPace: Pace = {
  monotonic: () => performance.now(),
  sleep: async (ms) => {
    await sleep(ms);
  },
  chance: () => Math.random(),
};
