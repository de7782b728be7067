import type { Instant } from '../values/value.ts';
import { PURPOSE_OF, type Purpose, URGENCIES, type Urgency } from './purposes.ts';
import type { Standing } from './standing.ts';

/** How much of a day's calls is gone, told by what goes on; from the fullest purse to the empty one. */
const LEVELS = ['free', 'low', 'tight', 'hot-only', 'spent'] as const;
export type Level = (typeof LEVELS)[number];

export type Rung = {
  readonly level: Exclude<Level, 'free'>;
  /** From this part of our budget on. */
  readonly ofBudget: number;
  /** From this part of everybody's calls on, whoever used them; `null`: these do not matter yet. */
  readonly ofAll: number | null;
  /** What no longer goes on, besides what stopped further up. */
  readonly stops: readonly Purpose[];
};

/** The ladder down which Tasuki goes before it stops. The numbers are explained in this folder's README. */
export const LADDER: readonly Rung[] = [
  { level: 'low', ofBudget: 0.7, ofAll: null, stops: ['back-fill'] },
  { level: 'tight', ofBudget: 0.85, ofAll: null, stops: ['survey', 'write', 'look-up'] },
  { level: 'hot-only', ofBudget: 0.95, ofAll: 0.9, stops: ['pull'] },
  { level: 'spent', ofBudget: 1, ofAll: 0.95, stops: ['hot-write', 'confirm'] },
];

/** Back-fills have a budget of their own within ours, so that nobody's day begins with what nobody waits for. */
const BACK_FILL_PART = 0.3;

/** On level `tight` pulls come half as often. */
const TIGHT_PULLS = 2;

type Use = Pick<Standing, 'used' | 'budget' | 'others' | 'limit'>;
type Purse = Pick<Standing, 'level' | 'usedFor' | 'budget'>;

/** The lowest rung that has been reached. A budget of nothing is spent. */
export function levelAt({ used, budget, others, limit }: Use): Level {
  const isReached = ({ ofBudget, ofAll }: Rung) =>
    used >= ofBudget * budget || (ofAll !== null && used + others >= ofAll * limit);
  return LADDER.findLast(isReached)?.level ?? 'free';
}

/** The lower of two places on the ladder. */
export function lower(one: Level, other: Level): Level {
  return LEVELS.indexOf(one) < LEVELS.indexOf(other) ? other : one;
}

/** May the next calls for this purpose be made? Whoever may goes on for one page or batch, and asks again. */
export function mayGo(purpose: Purpose, { level, usedFor, budget }: Purse): boolean {
  if (purpose === 'back-fill' && usedFor['back-fill'] >= BACK_FILL_PART * budget) return false;
  return !stopped(level).has(purpose);
}

/** All that has stopped on this level. */
export function stopped(level: Level): ReadonlySet<Purpose> {
  const down = LEVELS.indexOf(level);
  return new Set(LADDER.filter((rung) => LEVELS.indexOf(rung.level) <= down).flatMap(({ stops }) => stops));
}

/** The least urgent writes that may be sent just now, and with them all more urgent ones; `null`: none. */
export function leastUrgentNow(standing: Purse): Urgency | null {
  return URGENCIES.findLast((urgency) => mayGo(PURPOSE_OF[urgency], standing)) ?? null;
}

/** What decides whether a system is asked now what changed. */
export type PullQuestion = {
  readonly now: Instant;
  readonly lastPullAt: Instant | null;
  readonly everyMs: number;
  /** Does a hot write wait to be sent there? Nothing is written on an old picture, so it needs the pull. */
  readonly hotWaits: boolean;
};

/**
 * Is a pull due, now that a bell has rung for one? On `tight` every second one is; below it only those that a hot write needs. Bells are
 * not exact: one that comes a little early is still the one that was meant.
 */
export function isPullDue(level: Level, { now, lastPullAt, everyMs, hotWaits }: PullQuestion): boolean {
  if (level === 'free' || level === 'low') return true;
  if (level === 'spent') return false;
  const sinceLast = lastPullAt === null ? Infinity : now - lastPullAt;
  if (level === 'tight') return hotWaits || sinceLast >= (TIGHT_PULLS - 0.5) * everyMs;
  return hotWaits && sinceLast >= everyMs / 2;
}
