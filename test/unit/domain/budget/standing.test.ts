import { describe, expect, test } from 'vitest';
import { lastDay } from '../../../../src/domain/budget/standing.ts';
import { calls, DAY, HOUR, MIDNIGHT, standing, TEN } from './standings.ts';

describe('how the calls of a day stand', () => {
  test('until the system has said how many there are, those of its smallest account are assumed', () => {
    expect(standing([calls(30)])).toMatchObject({ limit: 1_000, budget: 200, used: 30, others: 0, level: 'free' });
    expect(standing([], { told: { limit: 5_000, used: 0, at: TEN } })).toMatchObject({ limit: 5_000, budget: 1_000 });
  });

  test('what the system counts beyond our own calls was called by others, and is theirs as long as it fits their part', () => {
    const told = { limit: 1_000, used: 800, at: TEN };
    expect(standing([calls(30)], { told })).toMatchObject({ others: 770, budget: 200, level: 'free' });
  });

  test.each([
    [830, 800, 200, 'free'],
    [880, 850, 150, 'free'],
    [899, 869, 131, 'free'],
    [900, 870, 130, 'hot-only'], // nine tenths of everybody's calls are gone
    [949, 919, 81, 'hot-only'],
    [950, 920, 80, 'spent'],
    [1_000, 970, 30, 'spent'],
  ] as const)(
    '%i calls of all, 30 of them ours: what others took beyond their part is taken from ours',
    (used, others, budget, level) => {
      const told = { limit: 1_000, used, at: TEN };
      expect(standing([calls(30)], { told })).toMatchObject({ others, budget, level });
    },
  );

  test('what the system said yesterday says how many calls there are, not how many were made', () => {
    const told = { limit: 1_000, used: 990, at: MIDNIGHT - 1 };
    expect(standing([], { told })).toMatchObject({ others: 0, level: 'free' });
  });

  test.each([
    [699, 'free', null],
    [700, 'low', 700],
    [950, 'hot-only', 950],
    [1_000, 'spent', 1_000],
  ] as const)(
    'a part of the day that is counted by itself holds us back by the same share: %i calls of it',
    (used, level, held) => {
      const { heldByPart, ...found } = standing([calls(10)], { part: { limit: 5_000, used } });
      expect(found).toMatchObject({ level, limit: 1_000, budget: 200, used: 10 });
      expect(heldByPart).toEqual(held === null ? null : { limit: 5_000, used: held, budget: 1_000 });
    },
  );

  test('where the day itself is further down, a part of it says nothing', () => {
    const found = standing([calls(200)], { part: { limit: 5_000, used: 950 } });
    expect(found).toMatchObject({ level: 'spent', heldByPart: null });
  });

  test('calls of yesterday are not of today', () => {
    const spent = standing([calls(500, -0.25), calls(7, 0)]);
    expect(spent).toMatchObject({ used: 7, level: 'free' });
    expect(spent.usedFor).toMatchObject({ pull: 7, write: 0 });
  });

  test('a rolling day begins 24 hours ago, at a full quarter of an hour', () => {
    expect(lastDay(TEN + 61_000)).toEqual({ from: TEN - DAY, until: null });
  });

  test('calls that were reported to us twice do not make others’ use negative', () => {
    expect(standing([calls(30)], { told: { limit: 1_000, used: 10, at: TEN } }).others).toBe(0);
  });

  test.each([
    [
      'others have used up the day, and that was said a while ago',
      { limit: 1_000, used: 960, at: TEN - HOUR },
      10,
      true,
    ],
    ['it was said just now', { limit: 1_000, used: 960, at: TEN - 60_000 }, 10, false],
    ['it is we who have used up ours', { limit: 1_000, used: 300, at: TEN - HOUR }, 200, false],
    ['nothing holds us back', { limit: 1_000, used: 300, at: TEN - HOUR }, 10, false],
  ] as const)('a look is due, as one call tells more than none: %s', (_, told, used, due) => {
    expect(standing([calls(used)], { told }).isLookDue).toBe(due);
  });
});
