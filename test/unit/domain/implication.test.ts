import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Condition, Lookup, Test } from '../../../src/domain/agreement/condition.ts';
import { evaluate } from '../../../src/domain/agreement/evaluate.ts';
import { excludes, implies } from '../../../src/domain/agreement/implication.ts';
import { days } from '../../support/actions.ts';

const score = (test: Test): Condition => ({ score: 'total', test });
const field = (test: Test): Condition => ({ field: 'person.industry', test });
const downloads = (atLeast: number, period?: number): Condition => ({
  action: 'download',
  test: { atLeast },
  ...(period === undefined ? {} : { within: days(period) }),
});

describe('whoever meets the one meets the other', () => {
  test.each<[Condition, Condition, boolean]>([
    [score({ atLeast: 80 }), score({ atLeast: 70 }), true],
    [score({ atLeast: 70 }), score({ atLeast: 80 }), false],
    [score({ atMost: 10 }), score({ atMost: 20 }), true],
    [downloads(3, 90), downloads(2, 180), true],
    [downloads(3, 90), downloads(3), true],
    [downloads(3, 180), downloads(3, 90), false],
    [downloads(3), downloads(3, 90), false],
    [field({ is: '製造' }), field({ isAny: ['製造', '金融'] }), true],
    [field({ isAny: ['製造', '小売'] }), field({ isAny: ['製造', '金融'] }), false],
    [field({ is: '製造' }), field({ blank: false }), true],
    [{ all: [score({ atLeast: 80 }), downloads(3)] }, score({ atLeast: 70 }), true],
    [{ all: [score({ atLeast: 80 }), downloads(3)] }, { all: [downloads(1), score({ atLeast: 80 })] }, true],
    [{ any: [score({ atLeast: 80 }), downloads(3)] }, score({ atLeast: 70 }), false],
    [{ any: [downloads(4), downloads(3)] }, downloads(2), true],
    [score({ atLeast: 80 }), { any: [downloads(9), score({ atLeast: 1 })] }, true],
    [{ not: score({ atLeast: 70 }) }, { not: score({ atLeast: 80 }) }, true],
    [score({ atLeast: 80 }), { bant: 'confirmed', test: { atLeast: 2 } }, false],
    [{ deal: 'won' }, { deal: 'open' }, false],
  ])('%j, %j: %s', (one, other, expected) => {
    expect(implies(one, other)).toBe(expected);
  });
});

describe('nobody can meet both', () => {
  test.each<[Condition, Condition, boolean]>([
    [score({ atLeast: 80 }), score({ atMost: 79 }), true],
    [score({ atMost: 79 }), score({ atLeast: 80 }), true],
    [score({ atLeast: 80 }), score({ atMost: 80 }), false],
    [score({ atLeast: 80 }), { not: score({ atLeast: 70 }) }, true],
    [{ not: { deal: 'open' } }, { deal: 'open' }, true],
    [field({ is: '製造' }), field({ isAny: ['金融', '小売'] }), true],
    [field({ is: '製造' }), field({ blank: true }), true],
    [field({ blank: true }), field({ blank: false }), true],
    [field({ contains: '製' }), field({ contains: '造' }), false],
    [field({ is: '製造' }), { field: 'company.industry', test: { is: '金融' } }, false],
  ])('%j, %j: %s', (one, other, expected) => {
    expect(excludes(one, other)).toBe(expected);
  });
});

test('law: what is claimed of two conditions holds for everybody', () => {
  const question = fc.oneof(
    fc.record({ score: fc.constant('total' as const), test: tests() }),
    fc.record({
      field: fc.constantFrom('a', 'b'),
      test: fc.oneof(tests(), fc.record({ is: fc.nat(3) }), fc.record({ blank: fc.boolean() })),
    }),
  );
  const { condition } = fc.letrec<{ condition: Condition }>((tie) => ({
    condition: fc.oneof(
      { maxDepth: 2 },
      question,
      fc.record({ all: fc.array(tie('condition'), { minLength: 1, maxLength: 2 }) }),
      fc.record({ any: fc.array(tie('condition'), { minLength: 1, maxLength: 2 }) }),
      fc.record({ not: tie('condition') }),
    ),
  }));
  const value = fc.option(fc.nat(3), { nil: null });
  fc.assert(
    fc.property(condition, condition, fc.record({ a: value, b: value, score: fc.nat(3) }), (one, other, person) => {
      const lookup: Lookup = (subject) =>
        'score' in subject ? person.score : 'field' in subject ? person[subject.field as 'a' | 'b'] : undefined;
      const [holds, holdsToo] = [evaluate(one, lookup), evaluate(other, lookup)];
      if (implies(one, other) && holds === true) expect(holdsToo).toBe(true);
      if (excludes(one, other)) expect(holds === true && holdsToo === true).toBe(false);
    }),
    { numRuns: 2000 },
  );
});

function tests() {
  return fc.oneof(fc.record({ atLeast: fc.nat(3) }), fc.record({ atMost: fc.nat(3) }));
}
