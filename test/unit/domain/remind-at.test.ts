import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Duration } from '../../../src/domain/agreement/agreement.ts';
import { isWorkingTime } from '../../../src/domain/calendar/working-time.ts';
import { remindAt } from '../../../src/domain/clocks/remind-at.ts';
import { formatInstant } from '../../../src/domain/values/instant.ts';
import { inTokyo, madrid, tokyo } from './sample-calendars.ts';

const MINUTE = 60_000;

describe('the instant of a reminder', () => {
  test.each<[string, string, Duration, string]>([
    [
      'the morning of the business day before',
      '2026-11-26T18:00',
      { amount: 1, unit: 'business days' },
      '2026-11-25T09:00',
    ],
    ['over a weekend and a holiday', '2026-11-24T18:00', { amount: 1, unit: 'business days' }, '2026-11-20T09:00'],
    ['from a due instant on a Sunday', '2026-11-22T12:00', { amount: 1, unit: 'business days' }, '2026-11-20T09:00'],
    ['office hours only', '2026-11-24T11:00', { amount: 4, unit: 'business hours' }, '2026-11-20T16:00'],
    ['hours within one day', '2026-11-26T18:00', { amount: 4, unit: 'business hours' }, '2026-11-26T14:00'],
    ['hours on any clock', '2026-11-24T11:00', { amount: 24, unit: 'hours' }, '2026-11-23T11:00'],
    ['calendar days', '2026-11-24T11:00', { amount: 2, unit: 'days' }, '2026-11-22T11:00'],
  ])('is %s', (_, due, before, at) => {
    const reminder = remindAt(inTokyo(due), before, tokyo);
    expect(reminder === null ? null : formatInstant(reminder)).toBe(formatInstant(inTokyo(at)));
  });

  test('is unknown before the table of holidays begins', () => {
    const calendar = { ...tokyo, covers: { ...tokyo.covers, from: '2026-11-20' } };
    const due = inTokyo('2026-11-24T11:00');
    expect(remindAt(due, { amount: 9, unit: 'business days' }, calendar)).toBeNull();
    expect(remindAt(due, { amount: 99, unit: 'business hours' }, calendar)).toBeNull();
  });

  test('of business hours is what counting back minute by minute gives, in summer time too', {
    timeout: 60_000,
  }, () => {
    const minutes = fc.integer({ min: 0, max: 60 * 24 * 200 });
    fc.assert(
      fc.property(
        minutes,
        fc.integer({ min: 1, max: 9 }),
        fc.constantFrom(tokyo, madrid),
        (after, amount, calendar) => {
          const due = inTokyo('2026-03-20T00:00') + after * MINUTE;
          let [at, left] = [due, amount * 60];
          while (left > 0) {
            at -= MINUTE;
            if (isWorkingTime(at, calendar)) left -= 1;
          }
          expect(remindAt(due, { amount, unit: 'business hours' }, calendar)).toBe(at);
        },
      ),
      { numRuns: 10 },
    );
  });
});
