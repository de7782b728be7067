import type { Pace } from '../../../src/connectors/http/pace.ts';
import type { System } from '../../../src/domain/people/record.ts';
import type { Clock } from '../../../src/ports/clock.ts';
import type { Weather } from './weather.ts';

/** Allowances that never hold anybody up: budgets are the weather's. */
export const UNHURRIED = { perTenSeconds: 1_000_000, searchesPerSecond: 1_000_000, concurrent: 1_000_000 };

const MOMENT_MS = 10;

/** Time as a simulated connector feels it: the virtual clock, plus what it waited by itself. Chance is out of it. */
export function virtualPace(system: System, clock: Clock, weather: Weather): Pace {
  let waited = 0;
  return {
    // A call takes a moment: on a clock that stands still, a hundred in a row would look like a runaway loop.
    monotonic: () => clock.now() + (waited += MOMENT_MS),
    sleep: async (ms) => {
      const before = clock.now();
      await weather.wait?.(system, ms);
      // Where the wait made the clock move, it is not counted twice.
      waited += Math.max(0, ms - (clock.now() - before));
    },
    chance: () => 0.5,
  };
}
