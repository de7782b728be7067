import { describe, expect, test } from 'vitest';
import { isReviewDate, nextReview } from '../../../../src/domain/agreement/review-dates.ts';
import type { Review } from '../../../../src/domain/agreement/terms.ts';

const review = (every: Review['every'], next: string): Review => ({ every, next, tasksFor: ['sales-head'] });

describe('the dates of a review', () => {
  test.each<[Review['every'], string, string, string]>([
    ['quarter', '2027-03-15', '2026-11-01', '2027-03-15'],
    ['quarter', '2027-03-15', '2027-03-15', '2027-03-15'],
    ['quarter', '2027-03-15', '2027-03-16', '2027-06-15'],
    ['quarter', '2027-11-30', '2027-12-01', '2028-02-29'],
    ['month', '2027-01-31', '2027-02-01', '2027-02-28'],
    ['month', '2027-01-31', '2027-03-01', '2027-03-31'],
    ['half-year', '2027-08-31', '2027-09-01', '2028-02-29'],
    ['year', '2028-02-29', '2028-03-01', '2029-02-28'],
    ['year', '2028-02-29', '2031-03-01', '2032-02-29'],
    ['month', '2026-12-10', '2030-06-11', '2030-07-10'],
  ])('every %s from %s on, the first on or after %s is %s', (every, next, from, date) => {
    expect(nextReview(review(every, next), from)).toBe(date);
  });

  test('are no other dates', () => {
    expect(isReviewDate(review('month', '2027-01-31'), '2027-02-28')).toBe(true);
    expect(isReviewDate(review('month', '2027-01-31'), '2027-02-27')).toBe(false);
    expect(isReviewDate(review('month', '2027-01-31'), '2026-12-31')).toBe(false);
  });
});
