import type { Random } from '../../../src/sandbox/kernel/random.ts';
import { type CallDetail, FINE, type Sky, type Weather } from '../crm/weather.ts';
import type { Climate } from './climate.ts';
import type { Coverage } from './coverage.ts';
import type { Trace } from './trace.ts';

type Heavens = {
  readonly dice: () => Random;
  /** `null`: nothing goes wrong now. */
  readonly climate: () => Climate | null;
  readonly wait: (ms: number) => void;
  readonly coverage: Coverage;
  readonly trace: Trace;
};

/** What becomes of every call to a CRM, and how long the connector then stays away. */
export function weatherOf({ dice, climate, wait, coverage, trace }: Heavens): Weather {
  return {
    call(system, kind, detail) {
      const now = climate();
      if (now === null) return FINE;
      const roll = dice();
      if (!roll.chance(now.mishap)) return FINE;
      const sky = mishap(roll, detail);
      coverage.hit('fault', `${sky.kind} × ${system} ${kind}`);
      trace.say(`${system} ${kind}: ${sky.kind}`);
      return sky;
    },
    wait: (_system, ms) => wait(ms),
  };
}

function mishap(roll: Random, { effect, rows }: CallDetail): Sky {
  const some = () => Array.from({ length: rows }, (_, row) => row).filter(() => roll.chance(0.4));
  const anywhere: readonly (() => Sky)[] = [
    () => ({ kind: 'rate-limited' }),
    () => ({ kind: 'rate-limited', retryAfterMs: 1000 * (1 + roll.int(20)) }),
    () => ({ kind: 'quota-exhausted', retryAfterMs: 60_000 }),
    () => ({ kind: 'failed-before-commit' }),
  ];
  const onWrites: readonly (() => Sky)[] = [
    () => ({ kind: 'failed-after-commit' }),
    () => ({ kind: 'timed-out-after-commit' }),
    () => ({ kind: 'partial', rows: some() }),
    () => ({ kind: 'row-locked', rows: some() }),
  ];
  const possible = effect === 'write' ? [...anywhere, ...onWrites, ...onWrites] : anywhere;
  return roll.pick(possible)();
}
