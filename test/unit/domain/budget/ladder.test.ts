import { describe, expect, test } from 'vitest';
import { isPullDue, type Level, leastUrgentNow, mayGo, stopped } from '../../../../src/domain/budget/ladder.ts';
import { PURPOSES } from '../../../../src/domain/budget/purposes.ts';
import { calls, HOUR, standing, TEN } from './standings.ts';

describe('the ladder', () => {
  test.each([
    [0, 'free', []],
    [139, 'free', []],
    [140, 'low', ['back-fill']],
    [169, 'low', ['back-fill']],
    [170, 'tight', ['survey', 'look-up', 'write', 'back-fill']],
    [189, 'tight', ['survey', 'look-up', 'write', 'back-fill']],
    [190, 'hot-only', ['pull', 'survey', 'look-up', 'write', 'back-fill']],
    [199, 'hot-only', ['pull', 'survey', 'look-up', 'write', 'back-fill']],
    [200, 'spent', [...PURPOSES]],
    [5_000, 'spent', [...PURPOSES]],
  ] as const)('%i of our 200 calls: %s', (used, level, waits) => {
    const now = standing([calls(used)]);
    expect(now.level).toBe(level);
    expect(PURPOSES.filter((purpose) => !mayGo(purpose, now))).toEqual(waits);
  });

  test.each([
    ['free', 'back-fill'],
    ['low', 'ordinary'],
    ['tight', 'hot'],
    ['hot-only', 'hot'],
    ['spent', null],
  ] as const)('on %s writes go down to %s', (level, downTo) => {
    const { usedFor } = standing([]);
    expect(leastUrgentNow({ level, usedFor, budget: 200 })).toBe(downTo);
  });

  test('what has stopped does not go on further down', () => {
    const levels: readonly Level[] = ['free', 'low', 'tight', 'hot-only', 'spent'];
    for (const [nth, level] of levels.entries())
      for (const purpose of stopped(level))
        for (const deeper of levels.slice(nth)) expect(stopped(deeper).has(purpose)).toBe(true);
  });

  test('back-fills have a budget of their own: 30 % of ours', () => {
    expect(mayGo('back-fill', standing([calls(59, 1, 'back-fill')]))).toBe(true);
    expect(mayGo('back-fill', standing([calls(60, 1, 'back-fill')]))).toBe(false);
    expect(mayGo('write', standing([calls(60, 1, 'back-fill')]))).toBe(true);
  });
});

describe('a pull, when the bell rings', () => {
  const EVERY = 5 * 60_000;
  test.each([
    ['free', 1, false, true],
    ['low', 1, false, true],
    ['tight', EVERY, false, false],
    ['tight', 2 * EVERY - 1_000, false, true],
    ['tight', 1, true, true],
    ['tight', null, false, true],
    ['hot-only', HOUR, false, false],
    ['hot-only', EVERY, true, true],
    ['hot-only', 60_000, true, false],
    ['spent', HOUR, true, false],
    ['spent', null, true, false],
  ] as const)('on %s, %s ms after the last one, a hot write waiting: %s → %s', (level, since, hotWaits, due) => {
    const lastPullAt = since === null ? null : TEN - since;
    expect(isPullDue(level, { now: TEN, lastPullAt, everyMs: EVERY, hotWaits })).toBe(due);
  });
});
