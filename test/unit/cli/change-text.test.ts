import { describe, expect, test } from 'vitest';
import { summaryLine } from '../../../src/cli/change-text.ts';
import type { Change } from '../../../src/domain/people/change.ts';
import { aChange } from '../../support/people.ts';

const of = (kind: Change['kind'], system: 'hubspot' | 'salesforce', times: number): readonly Change[] =>
  Array.from({ length: times }, () =>
    aChange({ kind, target: { system, object: system === 'hubspot' ? 'contacts' : 'Lead', id: null } }),
  );

describe('the line below a plan', () => {
  const plan = [
    ...of('create', 'salesforce', 2),
    ...of('update', 'salesforce', 3),
    ...of('create', 'hubspot', 1),
    ...of('update', 'hubspot', 4),
  ];

  test.each([
    [
      'ja',
      '変更 10 件:Salesforce の新規作成 2 件、Salesforce の更新 3 件、HubSpot の新規作成 1 件、HubSpot の更新 4 件。',
    ],
    [
      'en',
      '10 changes: 2 new records in Salesforce, 3 updates in Salesforce, 1 new record in HubSpot, 4 updates in HubSpot.',
    ],
  ] as const)('counts every kind of write, so that its numbers add up (%s)', (locale, line) => {
    expect(summaryLine(plan, locale)).toBe(line);
  });

  test('leaves out what there is none of', () => {
    expect(summaryLine(of('update', 'hubspot', 1), 'en')).toBe('1 change: 1 update in HubSpot.');
    expect(summaryLine([], 'ja')).toBe('変更 0 件。');
  });
});
