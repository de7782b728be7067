import { epochDay, localDate } from '../values/instant.ts';
import type { LocalDate } from '../values/value.ts';
import type { Review } from './terms.ts';

const MONTHS: Readonly<Record<Review['every'], number>> = { month: 1, quarter: 3, 'half-year': 6, year: 12 };

/** The dates on which the agreement is reviewed, from the one that it names on: counted from that one each, so that a 31st comes back after a February. */
function* reviewDates({ every, next }: Review): Iterable<LocalDate> {
  for (let nth = 0; ; nth += 1) yield monthsAfter(next, nth * MONTHS[every]);
}

/** The first review on this day or after it. */
export function nextReview(review: Review, from: LocalDate): LocalDate {
  for (const date of reviewDates(review)) if (date >= from) return date;
  return review.next;
}

/** Is one of the reviews on this day? */
export function isReviewDate(review: Review, date: LocalDate): boolean {
  return nextReview(review, date) === date;
}

/** The same day of a later month; the last one where the month is shorter. */
function monthsAfter(date: LocalDate, months: number): LocalDate {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  const first = (count: number) => {
    const index = year * 12 + month - 1 + count;
    return epochDay(`${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}-01`) ?? 0;
  };
  return localDate(Math.min(first(months) + day - 1, first(months + 1) - 1));
}
