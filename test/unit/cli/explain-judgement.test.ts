import { describe, expect, test } from 'vitest';
import { standingLines, standingOf } from '../../../src/cli/explain-judgement.ts';
import type { Agreement } from '../../../src/domain/agreement/agreement.ts';
import type { PersonFacts } from '../../../src/domain/people/person.ts';
import type { Locale } from '../../../src/domain/policy.ts';
import type { PlanContext } from '../../../src/reconcile/context.ts';
import { ACTIONS, aForm, days } from '../../support/actions.ts';
import {
  AGREEMENT,
  aContact,
  aContext,
  agreedOtherwise,
  aPerson,
  aStageEntry,
  CALENDAR,
  tokyo,
} from '../../support/people.ts';

const OWN: Partial<Agreement> = {
  actions: ACTIONS,
  score: {
    behaviour: [{ action: 'download', points: 15, atMost: 20, halvesEvery: days(30) }],
    attribute: AGREEMENT.score.attribute,
  },
  bant: {
    budget: { salesforce: 'B' },
    authority: { salesforce: 'A' },
    need: { salesforce: 'N' },
    timeline: { salesforce: 'T' },
  },
  stages: [
    {
      stage: 'MQL',
      department: 'marketing',
      when: {
        all: [
          { score: 'total', test: { atLeast: 80 } },
          { action: 'download', within: days(90), test: { atLeast: 3 } },
          { any: [{ field: 'company.industry', test: { isAny: ['製造', '金融'] } }, { not: { deal: 'open' } }] },
        ],
      },
    },
    { stage: 'SQL', department: 'sales', when: { bant: 'confirmed', test: { atLeast: 2 } } },
  ],
};

const TWICE = [aForm(tokyo('2026-10-20 10:00')), aForm(tokyo('2026-11-23 10:00'))];

function told(locale: Locale, facts: Partial<PersonFacts> = {}, rest: Partial<PlanContext> = {}): string {
  const person = aPerson([aContact()], { activities: TWICE, ...facts });
  const standing = standingOf(person, aContext({ policy: agreedOtherwise(OWN), ...rest }));
  return standingLines(standing, { calendar: CALENDAR, locale }).join('\n');
}

describe('how somebody stands by the agreement', () => {
  test('is told point by point, and with what they lack, in Japanese', () => {
    expect(told('ja')).toBe(
      [
        'スコア(いま)',
        '  合計 40 点 = 行動 20 点 + 属性 20 点',
        '    download  20 点(2 回、合計 22 点、上限まで)',
        '      2026年11月23日(月) 10:00  ホワイトペーパー /download  15 点',
        '      2026年10月20日(火) 10:00  ホワイトペーパー /download  7 点',
        '    hubspot.jobtitle contains-any 部長, 課長  20 点',
        'MQL の条件(いま)',
        '  × すべてに当てはまる',
        '    × スコア: 80 以上(いま 40)',
        '    × download: 3 以上(90 日以内、いま 2)',
        '    ○ どれかに当てはまる',
        '      × company.industry: 「製造」「金融」のどれか(いま 空欄)',
        '      ○ 当てはまらない',
        '        × 進行中の商談: あり(いま なし)',
        'SQL の条件(いま)',
        '  × 確認できた BANT の項目: 2 以上(いま 0)',
      ].join('\n'),
    );
  });

  test('and in English', () => {
    expect(told('en')).toContain('    download  20 points (2 times, 22 in all, up to the cap)');
    expect(told('en')).toContain('    × download: at least 3 (within 90 days, now 2)');
  });

  test('says what could not be read, and how much of it could', () => {
    const text = told('ja', {}, { hidden: new Set(['hubspot:form-submissions']) });
    expect(text).toContain('合計 読めていないため計算できない');
    expect(text).toContain('  読めていないもの: download');
    expect(text).toContain('    ? download: 3 以上(90 日以内、読めている範囲で 2)');
  });

  test('tells the newest deeds, and counts the others', () => {
    const activities = Array.from({ length: 7 }, (_, nth) => aForm(tokyo(`2026-11-1${nth} 10:00`)));
    const text = told('ja', { activities });
    expect(text).toContain('2026年11月16日(月) 10:00');
    expect(text).not.toContain('2026年11月11日(水) 10:00');
    expect(text).toContain('      ほか 2 回');
  });

  test('leaves out the stages that they are in', () => {
    const stages = [aStageEntry({ stage: 'SQL', by: 'rule' })];
    expect(told('ja', { stages })).not.toContain('の条件');
  });
});
