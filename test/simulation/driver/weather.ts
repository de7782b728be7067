import type { System } from '../../../src/domain/people/record.ts';
import type { Random } from '../../../src/sandbox/kernel/random.ts';
import { type CallDetail, FINE, type Sky, type Weather } from '../crm/weather.ts';
import type { Climate } from './climate.ts';
import type { Coverage } from './coverage.ts';
import type { Away } from './spells.ts';
import type { Trace } from './trace.ts';

type Heavens = {
  readonly dice: () => Random;
  /** `null`: nothing goes wrong now. */
  readonly climate: () => Climate | null;
  /** The systems that answer nothing now. */
  readonly away: () => readonly Away[];
  readonly wait: (ms: number) => void;
  /** What the worker is doing: faults are counted by it. */
  readonly step: () => string;
  readonly coverage: Coverage;
  readonly trace: Trace;
};

/** There are thirty reads to a write, and it is writes that can be half done. */
const WRITES_ARE_ROUGHER = 5;
/** Longer than anybody before a screen waits (`patienceMs` of the worker): the pass gives up. */
const TOMORROW_MS = 6 * 3_600_000;

/** What becomes of every call to a CRM, and how long the connector then stays away. */
export function weatherOf({ dice, climate, away, wait, step, coverage, trace }: Heavens): Weather {
  return {
    call(system, kind, detail) {
      const gone = away().find((each) => each.system === system);
      if (gone !== undefined) {
        coverage.hit('fault', `${gone.why} × ${step()}`);
        trace.say(`${system} ${kind}: ${gone.why}`);
        return gone.why === 'silent'
          ? { kind: 'failed-before-commit' }
          : { kind: 'quota-exhausted', retryAfterMs: TOMORROW_MS };
      }
      const now = climate();
      if (now === null) return FINE;
      const roll = dice();
      const rougher = detail.effect === 'write' ? WRITES_ARE_ROUGHER : 1;
      if (!roll.chance(now.mishap * rougher)) return FINE;
      const sky = mishap(roll, system, detail);
      coverage.hit('fault', `${nameOf(sky)} × ${step()}`);
      trace.say(`${system} ${kind}: ${sky.kind}`);
      return sky;
    },
    wait: (_system, ms) => wait(ms),
  };
}

function nameOf(sky: Sky): string {
  if (sky.kind !== 'rate-limited') return sky.kind;
  return sky.retryAfterMs === undefined ? 'rate-limited' : 'rate-limited until then';
}

function mishap(roll: Random, system: System, { effect, rows }: CallDetail): Sky {
  const some = () => {
    const first = roll.int(Math.max(1, rows));
    return Array.from({ length: rows }, (_, row) => row).filter((row) => row === first || roll.chance(0.4));
  };
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
  // Several queries travel in one call to Salesforce, and each succeeds or fails by itself.
  const onReads = system === 'salesforce' && rows > 1 ? [() => ({ kind: 'partial', rows: some() }) as const] : [];
  const possible = effect === 'write' ? [...anywhere, ...onWrites, ...onWrites] : [...anywhere, ...onReads];
  return roll.pick(possible)();
}
