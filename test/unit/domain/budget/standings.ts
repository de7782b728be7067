import type { Purpose } from '../../../../src/domain/budget/purposes.ts';
import {
  type Booked,
  type BudgetFacts,
  QUARTER_MS,
  type Standing,
  standingOf,
} from '../../../../src/domain/budget/standing.ts';

/** Midnight of a portal in Tokyo, and ten in the morning there. */
export const MIDNIGHT = Date.parse('2026-11-02T00:00:00+09:00');
export const HOUR = 60 * 60_000;
export const TEN = MIDNIGHT + 10 * HOUR;
export const DAY = 24 * HOUR;

/** So many calls in the quarter of an hour that began so long after midnight. */
export function calls(count: number, hoursAfterMidnight = 1, purpose: Purpose = 'pull'): Booked {
  const from = Math.floor((MIDNIGHT + hoursAfterMidnight * HOUR) / QUARTER_MS) * QUARTER_MS;
  return { from, purpose, calls: count };
}

/** A thousand calls a day, of which two hundred are ours. */
export function standing(booked: readonly Booked[], more: Partial<BudgetFacts> = {}): Standing {
  return standingOf({
    now: TEN,
    day: { from: MIDNIGHT, until: MIDNIGHT + DAY },
    sharePercent: 20,
    told: null,
    assumedLimit: 1_000,
    part: null,
    booked,
    ...more,
  });
}
