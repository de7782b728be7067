import { describe, expect, test } from 'vitest';
import { defaults, type Edit, edited, faultsOf } from './written.ts';

describe('reset_lifecycle: in agreement.yaml', () => {
  const reset = (text: string): Edit => ['agreement.yaml', '    reset_lifecycle: false\n', text];
  const shownAs = (text: string) => edited(reset(text)).policy.agreement.shownAs.reset;

  test('is off by default, whether it says false or nothing: what is ahead is only told', () => {
    expect([defaults().policy.agreement.shownAs.reset, shownAs('')]).toEqual([undefined, undefined]);
  });

  test('takes a lifecycle stage back where it says true', () => {
    expect(shownAs('    reset_lifecycle: true\n')).toBe(true);
  });

  test('is nothing else than true or false', () => {
    expect(faultsOf(reset('    reset_lifecycle: always\n')).join('\n')).toMatch(
      /agreement\.yaml:\d+:\d+.*must be true or false/u,
    );
  });
});

describe('owners whom the other system does not know', () => {
  const rule = (text: string): Edit => ['owners.yaml', '  without-seat: { finding: daily }\n', text];
  const withoutSeat = (text: string) => edited(rule(text)).policy.owners.withoutSeat;

  test('are told daily, whether it says so or nothing', () => {
    expect([defaults().policy.owners.withoutSeat, withoutSeat('')]).toEqual([undefined, undefined]);
  });

  test('are not told where that is meant', () => {
    expect(withoutSeat('  without-seat: { finding: never }\n')).toBe('never');
  });

  test.each(['  without-seat: { finding: weekly }\n', '  without-seat: {}\n'])(
    '%s is a fault with its place',
    (text) => {
      expect(faultsOf(rule(text)).join('\n')).toMatch(/owners\.yaml:\d+:\d+.*finding.*must be one of daily, never/u);
    },
  );

  test('nobody can be silent about owners who are unknown or have left', () => {
    const never: Edit = ['owners.yaml', 'use: IS_Queue, finding: daily', 'use: IS_Queue, finding: never'];
    expect(faultsOf(never).join('\n')).toMatch(/owners\.yaml:\d+:\d+.*must be daily/u);
  });
});
