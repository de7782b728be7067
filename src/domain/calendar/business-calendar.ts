import type { LocalDate } from '../values/value.ts';

/** Minutes after local midnight, half open. */
export type OfficeHours = { readonly opens: number; readonly closes: number };

/**
 * When somebody is at work, as data: no zone database, no clock. Holidays and closures are days; hours are per weekday.
 * `offsets` are the zone's transitions inside the horizon, so that turning local time into an instant stays arithmetic.
 */
export type BusinessCalendar = {
  readonly zone: string;
  /** Index 0 is Sunday; `null` is closed. */
  readonly week: readonly (OfficeHours | null)[];
  /** Day → the name a person reads. */
  readonly holidays: ReadonlyMap<LocalDate, string>;
  readonly closures: ReadonlyMap<LocalDate, string>;
  /** First and last day that `holidays` covers; beyond it a due instant is refused, not guessed. */
  readonly covers: { readonly from: LocalDate; readonly to: LocalDate };
  /** UTC offset in minutes valid from an instant on, oldest first. Japan has one entry. */
  readonly offsets: readonly { readonly from: number; readonly minutes: number }[];
};
