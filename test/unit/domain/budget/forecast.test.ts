import { describe, expect, test } from 'vitest';
import { forecast } from '../../../../src/domain/budget/forecast.ts';
import { lastDay } from '../../../../src/domain/budget/standing.ts';
import { calls, DAY, HOUR, MIDNIGHT, standing, TEN } from './standings.ts';

/** So many calls in each of the eight quarters of an hour before ten. */
const steady = (each: number) => Array.from({ length: 8 }, (_, nth) => calls(each, 8 + nth / 4));

describe('at the pace of the last two hours', () => {
  test('a day on which little happens is lasted out', () => {
    expect(forecast(standing(steady(1)), TEN)).toEqual({ perHour: 4, endsAt: null, next: null, freeAt: null });
  });

  test('the end is named, and the next rung before it', () => {
    // 80 of 200 are used, 40 go in an hour: 140 (low) in 1.5 h, 200 in 3 h.
    expect(forecast(standing(steady(10)), TEN)).toEqual({
      perHour: 40,
      endsAt: TEN + 3 * HOUR,
      next: { level: 'low', at: TEN + 1.5 * HOUR },
      freeAt: null,
    });
  });

  test('early in the day the pace is that of the day so far', () => {
    const at = MIDNIGHT + HOUR;
    expect(forecast(standing([calls(500, -0.5), calls(30, 0.5)], { now: at }), at).perHour).toBe(30);
  });

  test('an end after midnight is none: the day has turned', () => {
    // 3 of 4 hours' worth of calls would be left at midnight.
    const late = MIDNIGHT + 23 * HOUR;
    const booked = [calls(100, 5), ...Array.from({ length: 8 }, (_, nth) => calls(6, 21 + nth / 4))];
    expect(forecast(standing(booked, { now: late }), late)).toMatchObject({ endsAt: null });
  });

  test('what waits goes on when the day turns', () => {
    expect(forecast(standing([calls(195)]), TEN)).toMatchObject({
      freeAt: MIDNIGHT + DAY,
      next: null,
      endsAt: null,
      perHour: 0,
    });
    expect(forecast(standing([calls(200)]), TEN).endsAt).toBe(TEN);
  });

  test('of a rolling day it goes on when enough calls are a day old', () => {
    const day = lastDay(TEN);
    const booked = [calls(60, -8), calls(60, 2), calls(60, 6)];
    // 180 of 200: 40 have to pass. The first 60 were made until 16:15 yesterday.
    expect(forecast(standing(booked, { day }), TEN)).toMatchObject({ freeAt: MIDNIGHT + 16.25 * HOUR });
  });

  test('of a rolling day calls that are a day old make room for new ones', () => {
    const day = lastDay(TEN);
    const yesterday = Array.from({ length: 24 * 4 }, (_, nth) => calls(3, nth / 4 - 14));
    const steadily = standing(yesterday, { day, assumedLimit: 2_500 }); // 288 of 500, and 12 an hour
    expect(forecast(steadily, TEN)).toEqual({ perHour: 12, endsAt: null, next: null, freeAt: null });
  });
});
