import { describe, expect, test } from 'vitest';
import { callText } from '../../../src/cli/call-text.ts';
import { forecast } from '../../../src/domain/budget/forecast.ts';
import type { Booked } from '../../../src/domain/budget/standing.ts';
import type { Locale } from '../../../src/domain/policy.ts';
import { calls, HOUR, MIDNIGHT, standing, TEN } from '../domain/budget/standings.ts';

/** The clock on the wall in Tokyo. */
const wall = (at: number) => new Date(at + 9 * HOUR).toISOString().slice(11, 16);
const text = (booked: readonly Booked[], locale: Locale) => {
  const now = standing(booked);
  return callText({ standing: now, forecast: forecast(now, TEN), wall }, locale);
};
const steady = Array.from({ length: 8 }, (_, nth) => calls(10, 8 + nth / 4));

describe('the budget of calls, as doctor tells it', () => {
  test('a quiet day', () => {
    expect(text([calls(12, 9), calls(3, 9, 'hot-write')], 'ja')).toBe(
      '今日は 15 回(読み取り 12、引き渡しと期限の書き込み 3)、上限 200 回。ほかの連携は 0 回、全体の上限は 1000 回。直近のペースは 1 時間に 8 回。このペースなら足ります。',
    );
    expect(text([calls(12, 9), calls(3, 9, 'hot-write')], 'en')).toBe(
      '15 of 200 today (pulls 12, hand-offs and deadlines 3); others 0; 1000 for all; of late 8 an hour. At this pace it lasts the day.',
    );
  });

  test('one that will not last: when it ends, and what waits first', () => {
    expect(text(steady, 'ja')).toContain('このペースでは 13:00 に上限に達します。11:30 から、埋め戻しを待たせます。');
    expect(text(steady, 'en')).toContain('At this pace until 13:00. From 11:30, back-fills wait.');
  });

  test('what waits already, until when, and what comes next', () => {
    const low = [...steady, calls(70, 2)];
    expect(text(low, 'ja')).toContain('埋め戻しを待たせています(00:00 ごろまで)。');
    expect(text(low, 'en')).toContain(
      'Now back-fills wait, until about 00:00. At this pace until 11:15. From 10:30, writes other than',
    );
  });

  test('a day that is spent', () => {
    expect(text([calls(200)], 'ja')).toMatch(/読み書きを止めています\(00:00 ごろまで\)。$/u);
    expect(text([calls(200)], 'en')).toMatch(/Now nothing is read or written, until about 00:00\.$/u);
  });

  test('of a rolling day it speaks of the last 24 hours, and of others only where they are what holds us back', () => {
    const now = standing([calls(5)], {
      day: { from: MIDNIGHT - 14 * HOUR, until: null },
      told: { limit: 1_000, used: 960, at: TEN },
    });
    const said = callText({ standing: now, forecast: forecast(now, TEN), wall }, 'en');
    expect(said).toContain('5 of 45 in the last 24 hours (pulls 5); others 955; 1000 for all');
    expect(said).toMatch(/Now nothing is read or written\.$/u);
  });
});
