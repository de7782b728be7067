import { describe, expect, test } from 'vitest';
import type { Agreement } from '../../../src/domain/agreement/agreement.ts';
import { dueAt } from '../../../src/domain/calendar/due-at.ts';
import { FINDING_CODES } from '../../../src/domain/people/person.ts';
import type { Locale } from '../../../src/domain/policy.ts';
import { findingText } from '../../../src/domain/texts/findings.ts';
import { arithmeticText, formatLocal } from '../../../src/domain/texts/format-local.ts';
import { reasonText } from '../../../src/domain/texts/reasons.ts';
import { dueReasonText, taskText } from '../../../src/domain/texts/task.ts';
import { inTokyo, tokyo } from './sample-calendars.ts';

const LOCALES: readonly Locale[] = ['ja', 'en'];
const JAPANESE = /[぀-ヿ一-鿿]/u;

const start = inTokyo('2026-11-20T15:00');
const within = { amount: 3, unit: 'business days' } as const;
const due = dueAt(start, within, tokyo);
if ('beyond' in due) throw new Error('the sample must be due');
const clock = {
  kind: 'first-contact',
  startedAt: start,
  dueAt: due.dueAt,
  arithmetic: due.arithmetic,
  agreementVersion: '2026-10',
};
const agreement = {
  deadlines: [
    { name: 'first-contact', within, starts: { handedOff: 'inside-sales' }, ends: { contact: ['call'], by: 'team' } },
    { name: 'convert', within, starts: { deal: 'waiting' }, ends: { converted: true } },
  ],
} as unknown as Agreement;
const policy = (locale: Locale) => ({ agreement, calendar: tokyo, locale });
const record = {
  record: { system: 'salesforce', object: 'Lead', id: '00Q1' },
  values: { LastName: '山田', FirstName: '太郎', Company: '株式会社あおぞら' },
} as const;

describe('an instant', () => {
  test('is written as people in that office say it', () => {
    expect(formatLocal(due.dueAt, tokyo, 'ja')).toBe('2026年11月26日(木) 18:00');
    expect(formatLocal(due.dueAt, tokyo, 'en')).toBe('Thu 26 Nov 2026, 18:00');
    expect(formatLocal(inTokyo('2026-01-05T09:05'), tokyo, 'ja')).toBe('2026年1月5日(月) 09:05');
  });
});

describe('the Task of a lapsed deadline', () => {
  test('names the person, the company and what is owed, in Japanese', () => {
    const { subject, description } = taskText({ clock, record, owner: '鈴木 太郎', policy: policy('ja') });
    expect(subject).toBe('【期限超過】山田 太郎 様(株式会社あおぞら) 初回接触をお願いします');
    expect(description).toContain('担当: 鈴木 太郎');
    expect(description).toContain('引き渡し: 2026年11月20日(金) 15:00');
    expect(description).toContain('フォロー期限: 2026年11月26日(木) 18:00(引き渡しから 3 営業日以内)');
    expect(description).toContain('・2026年11月23日(月) 祝日 勤労感謝の日(数えない)');
    expect(description).toContain('・2026年11月26日(木) 3 営業日目(期限)');
    expect(description).toContain('自動的に完了');
  });

  test('and in English, with the names as they are', () => {
    const { subject, description } = taskText({ clock, record, owner: null, policy: policy('en') });
    expect(subject).toBe('Overdue: first contact with 太郎 山田 (株式会社あおぞら)');
    expect(description).toContain('- Mon 23 Nov 2026: public holiday 勤労感謝の日 (not counted)');
    expect(description).toContain('- Thu 26 Nov 2026: business day 3 (due)');
    expect(description).toContain('Owner: (nobody yet)');
  });

  test('someone without a name is known by the address, then by the record', () => {
    const nameless = { record: record.record, values: { Email: 'info@example.co.jp' } };
    expect(taskText({ clock, record: nameless, owner: null, policy: policy('ja') }).subject).toContain(
      'info@example.co.jp 様',
    );
    expect(
      taskText({ clock, record: { ...nameless, values: {} }, owner: null, policy: policy('ja') }).subject,
    ).toContain('00Q1 様');
  });

  test('a subject never exceeds what Salesforce takes, and never ends in half a character', () => {
    for (const [locale, first] of LOCALES.flatMap((each) => [[each, ''] as const, [each, '山'] as const])) {
      const long = {
        record: record.record,
        values: { LastName: `${first}${'𠮷'.repeat(200)}`, Company: '長'.repeat(200) },
      };
      const { subject } = taskText({ clock, record: long, owner: null, policy: policy(locale) });
      expect(subject.length).toBeLessThanOrEqual(255);
      expect(subject.endsWith('…')).toBe(true);
      expect(subject.isWellFormed()).toBe(true);
    }
  });

  test('a deadline that a newer agreement dropped is still told, without its rule', () => {
    const text = taskText({
      clock,
      record,
      owner: null,
      policy: { ...policy('ja'), agreement: { ...agreement, deadlines: [] } },
    });
    expect(text.description).toContain('フォロー期限: 2026年11月26日(木) 18:00\n');
  });
});

describe('the Task for a deal that waits for a conversion', () => {
  const ours = { ...clock, kind: 'convert' };

  test('says in Japanese what to press, and what happens by itself then', () => {
    const text = taskText({ clock: ours, record, owner: '森 葵', policy: policy('ja') });
    expect(text.subject).toBe('【期限超過】山田 太郎 様(株式会社あおぞら) リードの取引開始をお願いします');
    expect(text.description).toContain('リードの「取引の開始」を行ってください');
    expect(text.description).toContain('期限: 2026年11月26日(木) 18:00(起点から 3 営業日以内)');
  });

  test('and in English', () => {
    const text = taskText({ clock: ours, record, owner: null, policy: policy('en') });
    expect(text.subject).toBe('Overdue: convert the lead 太郎 山田 (株式会社あおぞら)');
    expect(text.description).toContain('Convert the lead');
  });

  test('counts from when the deal was seen', () => {
    expect(dueReasonText(ours, policy('ja'))).toContain('取引の確認 2026年11月20日(金) 15:00 から 3 営業日以内');
  });
});

test('the due reason is one line of at most 255 characters', () => {
  expect(dueReasonText(clock, policy('ja'))).toBe(
    '初回接触: 引き渡し 2026年11月20日(金) 15:00 から 3 営業日以内、期限 2026年11月26日(木) 18:00',
  );
  expect(dueReasonText(clock, policy('en'))).toBe(
    'first contact: within 3 business days of the hand-off on Fri 20 Nov 2026, 15:00, due Thu 26 Nov 2026, 18:00',
  );
  expect(dueReasonText({ ...clock, kind: 'x'.repeat(400) }, policy('ja'))).toHaveLength(255);
});

test('every word of the arithmetic exists in English, apart from the names of closures', () => {
  const starts = ['2026-12-28T20:00', '2026-09-18T15:00', '2027-03-19T15:00', '2026-11-21T10:00'];
  const units = ['business days', 'business hours', 'hours', 'days'] as const;
  const lines = starts.flatMap((from) =>
    units.flatMap((unit) => {
      const counted = dueAt(inTokyo(from), { amount: 11, unit }, tokyo);
      return 'beyond' in counted ? [] : arithmeticText(counted.arithmetic, 'en');
    }),
  );
  const names = /public holiday .*?(?= \(|$)|年末年始休業/gu;
  expect(lines.filter((line) => JAPANESE.test(line.replace(names, '')))).toEqual([]);
});

describe('findings', () => {
  test.each(FINDING_CODES)('%s reads well with nothing but its subject', (code) => {
    const finding = { code, subject: 'salesforce:Lead:00Q1', detail: {} };
    expect(findingText(finding, 'ja')).toMatch(JAPANESE);
    expect(findingText(finding, 'en')).not.toMatch(JAPANESE);
    for (const locale of LOCALES) expect(findingText(finding, locale)).not.toMatch(/undefined|null|NaN/u);
  });

  test('a conflict names the field and both values', () => {
    const finding = {
      code: 'CONFLICT',
      subject: 's',
      detail: { field: 'jobtitle', hubspot: '部長', salesforce: null },
    } as const;
    expect(findingText(finding, 'ja')).toContain('HubSpot は「部長」、Salesforce は(空欄)');
  });

  test.each([
    ['salesforce', 'has no seat in HubSpot', '担当者が HubSpot にいません'],
    ['hubspot', 'is no user of Salesforce', 'ユーザーが Salesforce にいません'],
  ])('an owner in %s whom the other system does not know is said to be missing there', (system, english, japanese) => {
    const finding = { code: 'OWNER_WITHOUT_SEAT', subject: `${system}:1`, detail: { owner: '加藤', system } } as const;
    expect(findingText(finding, 'en')).toContain(english);
    expect(findingText(finding, 'ja')).toContain(japanese);
  });

  test('a value cannot move a terminal’s cursor', () => {
    const finding = { code: 'VALUE_NOT_MAPPED', subject: 's', detail: { value: 'a\u001b[2Jb\u202ec' } } as const;
    expect(findingText(finding, 'ja')).not.toMatch(/[\p{Cc}\u202e]/u);
  });
});

describe('reasons', () => {
  const CODES = [
    'copied',
    'filled-blank',
    'conflict-settled',
    'first-meeting',
    'cleared',
    'stricter',
    'created-at-stage',
    'stage-derived',
    'stage-shown',
    'owner-shown',
    'owner-named',
    'owner-assigned',
    'record-state',
    'key-kept',
    'deadline-shown',
    'lapsed',
    'evidence-found',
    'task-moot',
  ] as const;

  test.each(CODES)('%s reads well even without details', (code) => {
    expect(reasonText({ code, detail: {} }, 'ja')).toMatch(JAPANESE);
    expect(reasonText({ code, detail: {} }, 'en')).not.toMatch(JAPANESE);
    for (const locale of LOCALES) expect(reasonText({ code, detail: {} }, locale)).not.toMatch(/undefined|null|NaN/u);
  });

  test('a settled conflict names the winner, what was lost, and the rule', () => {
    const reason = {
      code: 'conflict-settled',
      detail: { from: 'salesforce', lost: '課長', rule: 'mappings/contact.yaml:31' },
    } as const;
    expect(reasonText(reason, 'ja')).toBe(
      '両方で変更されたため、取り決めに従い Salesforce を採用(HubSpot の「課長」は採用せず、mappings/contact.yaml:31)',
    );
  });

  test('a stage tells how it was reached and with which score', () => {
    const reason = { code: 'stage-derived', detail: { stage: 'MQL', by: 'rule', score: 86 } } as const;
    expect(reasonText(reason, 'ja')).toBe('ステージは MQL(条件を満たした、スコア 86 点)');
    expect(reasonText(reason, 'en')).toBe('the stage is MQL (its criteria are met, score 86)');
  });
});
