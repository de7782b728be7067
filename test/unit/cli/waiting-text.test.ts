import { describe, expect, test } from 'vitest';
import { heldLines, overtakenLines, planLines } from '../../../src/cli/waiting-text.ts';

const NONE = { 'first-run': 0, breaker: 0, rollout: 0 };

describe('what waits, in words', () => {
  test.each([
    ['nothing', NONE, 'ja', []],
    [
      'a first run',
      { ...NONE, 'first-run': 3 },
      'ja',
      ['3 件の変更が承認を待っています。承認: tasuki approve --plan 3f9a'],
    ],
    [
      'a first run',
      { ...NONE, 'first-run': 1 },
      'en',
      ['1 change for you to approve. To go on: tasuki approve --plan 3f9a'],
    ],
    ['what tripped the breaker', { ...NONE, breaker: 2000 }, 'ja', ['2000 件が承認を待っています']],
    ['the rollout', { ...NONE, rollout: 7 }, 'ja', ['7 件は書き込みません']],
  ] as const)('%s (%#)', (_, held, locale, said) => {
    const lines = heldLines(held, locale, '3f9a');
    expect(lines).toHaveLength(said.length);
    for (const [nth, words] of said.entries()) expect(lines[nth]).toContain(words);
  });

  test('a plan is told by system, object and field; new records as such', () => {
    const plan = {
      hash: '3f9a',
      changes: 12,
      groups: [
        { system: 'hubspot', object: 'contacts', field: 'jobtitle', changes: 10 },
        { system: 'salesforce', object: 'Lead', field: null, changes: 2 },
      ],
    } as const;
    expect(planLines(plan, 'ja')).toEqual([
      '承認を待つ変更 12 件(計画 3f9a)',
      '       10  HubSpot コンタクト  jobtitle',
      '        2  Salesforce リード  (新規作成)',
    ]);
    expect(planLines(plan, 'en')[0]).toBe('12 changes to approve (plan 3f9a)');
  });

  test('what was overtaken is told with before, planned and found, and how much more there is; an escape sequence is not sent on', () => {
    const one = { system: 'hubspot', object: 'contacts', record: '551', field: 'jobtitle' } as const;
    const first = [{ ...one, before: null, planned: '部長', found: '社\u001B[31m長' }];
    expect(overtakenLines({ first, all: 3 }, 'ja')).toEqual([
      '  HubSpot コンタクト 551  jobtitle: (空) → 部長  [現在: 社 [31m長]',
      '  …ほか 2 件',
    ]);
  });
});
