import type { Duration } from '../agreement/agreement.ts';
import { HOUR_MS } from '../values/instant.ts';
import type { LocalDate } from '../values/value.ts';

/** Why a day counts towards a deadline, or does not. Names of holidays and closures stay what they are called in the office. */
export type Because =
  /** Day 0: the date on which the clock starts. */
  | { readonly code: 'start' }
  /** The office is closed on this weekday, every week. */
  | { readonly code: 'weekly' }
  | { readonly code: 'holiday' | 'closure'; readonly name: string }
  /** The clock starts on this day, after the last minute of work. */
  | { readonly code: 'outside-hours' }
  | { readonly code: 'business-day'; readonly nth: number }
  /** Milliseconds of office hours. */
  | { readonly code: 'worked'; readonly ms: number }
  /** On any clock, holidays or not. */
  | { readonly code: 'hours' | 'days'; readonly amount: number };

/** How a due instant came about, day by day, so that whoever is held to it can recount. The last day is the one it falls due on. */
export type Arithmetic = readonly {
  readonly day: LocalDate;
  readonly counts: boolean;
  readonly because: Because;
}[];

/**
 * What was promised when the clock started, read from its own count: the agreement may promise something else by now. `null` where
 * nothing was counted.
 */
export function promisedIn(arithmetic: Arithmetic): Duration | null {
  const last = arithmetic.at(-1)?.because;
  switch (last?.code) {
    case 'business-day':
      return { amount: last.nth, unit: 'business days' };
    case 'hours':
    case 'days':
      return { amount: last.amount, unit: last.code };
    case 'worked':
      return { amount: Math.round(workedIn(arithmetic) / HOUR_MS), unit: 'business hours' };
    default:
      return null;
  }
}

function workedIn(arithmetic: Arithmetic): number {
  return arithmetic.reduce((sum, { because }) => sum + (because.code === 'worked' ? because.ms : 0), 0);
}
