import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dayCount, roundOf, withoutPastDays } from '../../../src/domain/people/turns.ts';

const team = fc
  .uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g'), { minLength: 1, maxLength: 7 })
  .chain((members) =>
    fc
      .array(fc.integer({ min: 1, max: 10 }), { minLength: members.length, maxLength: members.length })
      .map((weights) => ({ members, weights: Object.fromEntries(members.map((who, nth) => [who, weights[nth]!])) })),
  );

describe('a round of turns', () => {
  test('is the list itself where everybody weighs the same', () => {
    expect(roundOf(['mori', 'kato', 'ito'])).toEqual(['mori', 'kato', 'ito']);
    expect(roundOf(['mori', 'kato'], { mori: 4, kato: 4 })).toEqual(['mori', 'kato']);
  });

  test('spreads the turns of whoever has more', () => {
    expect(roundOf(['mori', 'kato'], { mori: 2 })).toEqual(['mori', 'kato', 'mori']);
    expect(roundOf(['mori', 'kato', 'ito'], { mori: 2 })).toEqual(['mori', 'kato', 'ito', 'mori']);
  });

  test('law: at any time nobody is a whole turn ahead of their share or behind it, and after a round all have theirs', () => {
    fc.assert(
      fc.property(team, ({ members, weights }) => {
        const round = roundOf(members, weights);
        const whole = members.reduce((sum, who) => sum + weights[who]!, 0);
        const had = new Map<string, number>(members.map((who) => [who, 0]));
        for (const [at, who] of [...round, ...round].entries()) {
          had.set(who, had.get(who)! + 1);
          for (const one of members) {
            const apart = Math.abs(had.get(one)! - ((at + 1) * weights[one]!) / whole);
            expect(apart).toBeLessThan(1);
            if ((at + 1) % round.length === 0) expect(apart).toBeCloseTo(0);
          }
        }
      }),
    );
  });

  test('counts of days that are over are let go of, and turns are not', () => {
    const counts = { [dayCount('2026-11-23', 'is', 'a@x.jp')]: 3, [dayCount('2026-11-24', 'is', 'a@x.jp')]: 1, is: 7 };
    expect(withoutPastDays(counts, '2026-11-24')).toEqual({ '2026-11-24 is a@x.jp': 1, is: 7 });
  });
});
