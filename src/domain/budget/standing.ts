import { DAY_MS, MINUTE_MS } from '../values/instant.ts';
import type { Instant } from '../values/value.ts';
import { type Level, levelAt, lower } from './ladder.ts';
import { PURPOSES, type Purpose } from './purposes.ts';

/** Calls are booked by quarters of an hour: every zone's midnight lies on one. */
export const QUARTER_MS = 15 * MINUTE_MS;

/** Calls of ours that were booked in the quarter of an hour that begins at `from`. */
export type Booked = { readonly from: Instant; readonly purpose: Purpose; readonly calls: number };

/**
 * The stretch over which a system counts a day's calls. `until` is `null` where it is always the last 24 hours; `assumed` where the account
 * has not said yet by which clock its days turn.
 */
export type CallDay = { readonly from: Instant; readonly until: Instant | null; readonly assumed?: true };

/** What a system said of its own day: calls that all apps of the account may make and have made, ours among them. */
export type CallsTold = { readonly limit: number; readonly used: number; readonly at: Instant };

/** Some kinds of call that a system counts by themselves as well: how many of them an account may make in a day, and ours so far. */
export type PartOfDay = { readonly limit: number; readonly used: number };

export type BudgetFacts = {
  readonly now: Instant;
  readonly day: CallDay;
  /** What Tasuki may use of the day, in percent. */
  readonly sharePercent: number;
  readonly told: CallsTold | null;
  /** The day's calls of the smallest account that has this interface: until the system has said how many there are. */
  readonly assumedLimit: number;
  readonly booked: readonly Booked[];
  /** `null`: all calls are alike. */
  readonly part: PartOfDay | null;
};

/** How one system's calls stand just now. */
export type Standing = {
  readonly level: Level;
  readonly limit: number;
  /** What Tasuki may use of this day: its share, less what others took beyond theirs. */
  readonly budget: number;
  readonly used: number;
  readonly usedFor: Readonly<Record<Purpose, number>>;
  /** What others used, as far as the system has said. */
  readonly others: number;
  readonly day: CallDay;
  readonly booked: readonly Booked[];
  /** The part of the day that holds us back further than the day does, and our budget of it; `null`: none does. */
  readonly heldByPart: (PartOfDay & { readonly budget: number }) | null;
  /** Is it others who hold us back, and has the system not said for a while how it stands? Then a look is due. */
  readonly isLookDue: boolean;
};

/** What a system last said of others is old after this. */
const OLD_MS = 15 * MINUTE_MS;

/**
 * Says how far the day's calls have been used.
 *
 * Our own calls are our own count, which is exact. Others' calls are what the system counts beyond ours. Others have the rest of the day
 * as their reserve; what they take beyond it comes out of our share, so that the account never runs dry on our calls. Where a part of the
 * day is counted by itself, the same share of it is ours; of that, nobody says what others use.
 *
 *     standingOf({ limit 1000, share 20 %, used by all 900, ours 100 … })   // => budget 200, others 800
 *     standingOf({ limit 1000, share 20 %, used by all 970, ours 100 … })   // => budget 130, others 870
 */
export function standingOf({ now, day, sharePercent, told, assumedLimit, booked, part }: BudgetFacts): Standing {
  const counted = booked.filter(({ from }) => from >= day.from);
  const used = callsIn(counted);
  const limit = told?.limit ?? assumedLimit;
  const isOfThisDay = told !== null && told.at >= day.from;
  const others = isOfThisDay ? Math.max(0, told.used - used) : 0;
  const share = Math.floor((limit * sharePercent) / 100);
  const budget = Math.max(0, share - Math.max(0, others - (limit - share)));
  const ofDay = levelAt({ used, budget, others, limit });
  const isHeldByOthers = levelAt({ used, budget: share, others: 0, limit }) !== ofDay;
  const ofPart = part === null ? null : { ...part, budget: Math.floor((part.limit * sharePercent) / 100) };
  const level = ofPart === null ? ofDay : lower(ofDay, levelAt({ ...ofPart, others: 0 }));
  return {
    level,
    heldByPart: level === ofDay ? null : ofPart,
    limit,
    budget,
    used,
    usedFor: byPurpose(counted),
    others,
    day,
    booked: counted,
    isLookDue: isHeldByOthers && told !== null && now - told.at >= OLD_MS,
  };
}

/** The day of a system that counts the last 24 hours, in whole quarters. */
export function lastDay(now: Instant): CallDay {
  return { from: Math.floor((now - DAY_MS) / QUARTER_MS) * QUARTER_MS, until: null };
}

export function callsIn(booked: readonly Booked[]): number {
  return booked.reduce((sum, { calls }) => sum + calls, 0);
}

function byPurpose(booked: readonly Booked[]): Readonly<Record<Purpose, number>> {
  const of = (purpose: Purpose) => callsIn(booked.filter((each) => each.purpose === purpose));
  return Object.fromEntries(PURPOSES.map((purpose) => [purpose, of(purpose)])) as Record<Purpose, number>;
}
