import type { LocalDate } from '../values/value.ts';

/** What the agreement says that no judgement of a person reads: reasons, the review cycle, targets. */

/** Code → what people read, in the order of the file. A list of more than six is not chosen from, it is guessed at. */
export type Reasons = Readonly<Record<string, string>>;
export const MOST_REASONS = 6;

/** Why sales sends an MQL back, why somebody is recycled, why somebody is disqualified. */
export type StageReasons = {
  readonly rejected?: Reasons;
  readonly recycled?: Reasons;
  readonly disqualified?: Reasons;
};

export const REVIEW_CYCLES = ['month', 'quarter', 'half-year', 'year'] as const;

/** 見直しサイクル: when both departments look at the agreement again, and whose task that is. */
export type Review = {
  readonly every: (typeof REVIEW_CYCLES)[number];
  readonly next: LocalDate;
  /** Roles of the agreement. */
  readonly tasksFor: readonly string[];
};

export const TARGETS = ['mql-to-sql', 'sql-to-deal', 'deal-to-won', 'first-contact-in-time', 'neglected'] as const;

/** 共通 KPI の目標値, in percent. `neglected` is the most that may be, the others are the least. */
export type Target = { readonly name: (typeof TARGETS)[number]; readonly percent: number };
