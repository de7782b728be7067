import { describe, expect, test } from 'vitest';
import { defaults, type Edit, edited, faultsOf } from './written.ts';

const rollout = (text: string): Edit => ['contact.yaml', '  ambiguous: ask', `  rollout: ${text}\n  ambiguous: ask`];

describe('rollout: in contact.yaml', () => {
  test('is left out by default: everybody is written', () => {
    expect(defaults().policy.person.rolloutPercent).toBeUndefined();
  });

  test.each([0, 10, 12.5, 100])('%s percent', (percent) => {
    expect(edited(rollout(`{ percent: ${percent} }`)).policy.person.rolloutPercent).toBe(percent);
  });

  test('a greater share is another policy, so that everyone is planned anew', () => {
    expect(edited(rollout('{ percent: 25 }')).hash).not.toBe(edited(rollout('{ percent: 10 }')).hash);
  });

  test.each(['{ percent: 101 }', '{ percent: -1 }', '{ percent: 10% }'])('%s is a fault with its place', (text) => {
    expect(faultsOf(rollout(text)).join('\n')).toMatch(
      /contact\.yaml:\d+:\d+.*must be a share of the people, from 0 to 100/u,
    );
  });
});
