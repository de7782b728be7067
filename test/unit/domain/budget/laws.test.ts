import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mayGo } from '../../../../src/domain/budget/ladder.ts';
import { PURPOSES, type Purpose } from '../../../../src/domain/budget/purposes.ts';
import { type Booked, standingOf } from '../../../../src/domain/budget/standing.ts';
import { calls, DAY, HOUR, MIDNIGHT, TEN } from './standings.ts';

/** Somebody asks whether a call may be made, and makes it if so; or others make some. */
const deed = fc.oneof(
  { weight: 4, arbitrary: fc.record({ who: fc.constantFrom(...PURPOSES), times: fc.integer({ min: 1, max: 60 }) }) },
  { weight: 1, arbitrary: fc.record({ who: fc.constant('others' as const), times: fc.integer({ min: 1, max: 200 }) }) },
);
const world = fc.record({
  limit: fc.integer({ min: 1, max: 2_000 }),
  sharePercent: fc.integer({ min: 1, max: 100 }),
  deeds: fc.array(deed, { maxLength: 60 }),
});

type World = typeof world extends fc.Arbitrary<infer T> ? T : never;

/** Plays a day in which everybody asks before each call; says what was booked, and what of everybody's calls was used. */
function play({ limit, sharePercent, deeds }: World, look: (asked: Asked) => void = () => undefined) {
  const booked: Booked[] = [];
  let others = 0;
  for (const { who, times } of deeds) {
    if (who === 'others') others += times;
    else
      for (let nth = 0; nth < times; nth++) {
        const ours = booked.length;
        const standing = standingOf({
          now: TEN,
          day: { from: MIDNIGHT, until: MIDNIGHT + DAY },
          sharePercent,
          told: { limit, used: ours + others, at: TEN - HOUR },
          assumedLimit: limit,
          part: null,
          booked,
        });
        look({ standing, who });
        if (!mayGo(who, standing)) break;
        booked.push(calls(1, 1, who));
      }
  }
  return { ours: booked.length, others };
}
type Asked = { readonly standing: ReturnType<typeof standingOf>; readonly who: Purpose };

describe('laws of the budget', () => {
  test('R16: never more is booked than our share, whoever asks and in whichever order', () => {
    fc.assert(
      fc.property(world, (given) => {
        expect(play(given).ours).toBeLessThanOrEqual(Math.floor((given.limit * given.sharePercent) / 100));
      }),
    );
  });

  test('the last twentieth of everybody’s calls is never ours', () => {
    fc.assert(
      fc.property(world, (given) => {
        play(given, ({ standing, who }) => {
          if (standing.used + standing.others >= 0.95 * given.limit) expect(mayGo(who, standing)).toBe(false);
        });
      }),
    );
  });

  test('hot before cold: whenever anything may go, a hot write and its reading back may', () => {
    fc.assert(
      fc.property(world, (given) => {
        play(given, ({ standing, who }) => {
          if (!mayGo(who, standing)) return;
          expect(mayGo('hot-write', standing)).toBe(true);
          expect(mayGo('confirm', standing)).toBe(true);
        });
      }),
    );
  });

  test('hot before cold: the last twentieth of our budget is for hot writes and what they need', () => {
    fc.assert(
      fc.property(world, (given) => {
        play(given, ({ standing, who }) => {
          const cold = who !== 'hot-write' && who !== 'confirm';
          if (cold && standing.used >= 0.95 * standing.budget) expect(mayGo(who, standing)).toBe(false);
        });
      }),
    );
  });
});
