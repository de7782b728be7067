import { DAY_MS, HOUR_MS } from '../values/instant.ts';
import type { Instant } from '../values/value.ts';
import { LADDER, type Level } from './ladder.ts';
import { callsIn, QUARTER_MS, type Standing } from './standing.ts';

/** The pace is that of this last stretch: long enough to hold a few pulls, short enough to show what has just begun. */
const PACE_MS = 2 * HOUR_MS;

export type Forecast = {
  /** Our calls in an hour, as of late. */
  readonly perHour: number;
  /** When the budget ends at this pace; `null`: it lasts. */
  readonly endsAt: Instant | null;
  /** The next rung of the ladder, and when it is reached; `null`: it is not reached, or there is none. */
  readonly next: { readonly level: Exclude<Level, 'free'>; readonly at: Instant } | null;
  /** When work goes on unhindered: the day turns, or enough of our last 24 hours has passed. `null`: nothing is hindered, or only others can tell. */
  readonly freeAt: Instant | null;
};

type Used = Pick<Standing, 'level' | 'budget' | 'used' | 'others' | 'day' | 'booked'>;

/** Says until when the budget lasts at the pace of the last two hours. What others will do nobody knows; their calls stand still here. */
export function forecast(standing: Used, now: Instant): Forecast {
  const { booked, day, level, budget } = standing;
  const since = Math.max(day.from, now - PACE_MS);
  const recent = callsIn(booked.filter(({ from }) => from + QUARTER_MS > since));
  const perHour = Math.round((recent * HOUR_MS) / Math.max(QUARTER_MS, now - since));
  const reaches = (part: number) => whenReached(part * budget, perHour, standing, now);
  const next = LADDER.find(({ ofBudget }) => ofBudget * budget > standing.used);
  const nextAt = next === undefined ? null : reaches(next.ofBudget);
  return {
    perHour,
    endsAt: reaches(1),
    next: next === undefined || nextAt === null ? null : { level: next.level, at: nextAt },
    freeAt: level === 'free' ? null : whenFree(standing, now),
  };
}

/** The first quarter of an hour in which our use has grown to `calls`; `null` when it does not before the day turns, or within 24 hours. */
function whenReached(calls: number, perHour: number, { used, booked, day }: Used, now: Instant): Instant | null {
  if (used >= calls) return now;
  const horizon = day.until ?? now + DAY_MS;
  const free = steps(now, horizon).find(
    (at) => used + (perHour * (at - now)) / HOUR_MS - passed(booked, day, at) >= calls,
  );
  return free ?? null;
}

function whenFree({ budget, used, booked, day }: Used, now: Instant): Instant | null {
  if (day.until !== null) return day.until;
  const isFree = (at: Instant) => used - passed(booked, day, at) < FIRST_RUNG * budget;
  if (isFree(now)) return null; // it is others who hold us back
  return steps(now, now + DAY_MS).find(isFree) ?? now + DAY_MS;
}

const FIRST_RUNG = LADDER[0]?.ofBudget ?? 1;

/** Calls that the last 24 hours no longer hold at that instant. A day with an end forgets nothing before it. */
function passed(booked: Used['booked'], { until }: Used['day'], at: Instant): number {
  return until === null ? callsIn(booked.filter(({ from }) => from + QUARTER_MS <= at - DAY_MS)) : 0;
}

/** Every quarter of an hour after `from`, up to and without `to`. */
function steps(from: Instant, to: Instant): readonly Instant[] {
  return Array.from(
    { length: Math.max(0, Math.ceil((to - from) / QUARTER_MS) - 1) },
    (_, nth) => from + (nth + 1) * QUARTER_MS,
  );
}
