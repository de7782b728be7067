import { describe, expect, test } from 'vitest';
import type { Agreement } from '../../../src/domain/agreement/agreement.ts';
import { dueAt } from '../../../src/domain/calendar/due-at.ts';
import { FINDING_CODES } from '../../../src/domain/people/person.ts';
import type { Locale } from '../../../src/domain/policy.ts';
import { dueSentence } from '../../../src/domain/texts/due-text.ts';
import { findingText } from '../../../src/domain/texts/findings.ts';
import { formatLocal } from '../../../src/domain/texts/format-local.ts';
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
const owners = { table: {}, unmatched: 'IS_Queue', teams: {}, absences: [] };
const policy = (locale: Locale) => ({ agreement, owners, calendar: tokyo, locale });
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
    expect(description).toContain('11/20(金)15:00 に引き渡し → 3営業日 → 11/26(木)18:00。11/23(月)は勤労感謝の日');
    expect(description).toContain('自動的に完了');
  });

  test('and in English, with the names as they are', () => {
    const { subject, description } = taskText({ clock, record, owner: null, policy: policy('en') });
    expect(subject).toBe('Overdue: first contact with 太郎 山田 (株式会社あおぞら)');
    expect(description).toContain('3 business days → due Thu 26 Nov, 18:00. Closed: Mon 23 Nov (勤労感謝の日).');
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

  test('a deadline that a newer agreement dropped is still told, by the promise that it was counted with', () => {
    const text = taskText({
      clock,
      record,
      owner: null,
      policy: { ...policy('ja'), agreement: { ...agreement, deadlines: [] } },
    });
    expect(text.description).toContain('フォロー期限: 2026年11月26日(木) 18:00(引き渡しから 3 営業日以内)\n');
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
    expect(dueReasonText(ours, policy('ja'))).toContain('11/20(金)15:00 に取引を確認 → 3営業日 → 11/26(木)18:00');
  });
});

test('the due reason is one line of at most 255 characters', () => {
  expect(dueReasonText(clock, policy('ja'))).toBe(
    '初回接触: 11/20(金)15:00 に引き渡し → 3営業日 → 11/26(木)18:00。11/23(月)は勤労感謝の日',
  );
  expect(dueReasonText(clock, policy('en'))).toBe(
    'first contact: Handed off Fri 20 Nov, 15:00 → 3 business days → due Thu 26 Nov, 18:00. Closed: Mon 23 Nov (勤労感謝の日).',
  );
  expect(dueReasonText({ ...clock, kind: 'x'.repeat(400) }, policy('ja'))).toHaveLength(255);
});

describe('a due instant tells how it was counted, in one sentence', () => {
  test.each([
    [
      'over New Year, with the year, a closure as one span',
      ['2026-12-28T10:00', 2, 'business days'],
      '12/28(月)10:00 に引き渡し → 2営業日 → 2027/1/5(火)18:00。12/29(火)〜2027/1/3(日)は年末年始休業',
      'Handed off Mon 28 Dec, 10:00 → 2 business days → due Tue 5 Jan 2027, 18:00. Closed: Tue 29 Dec to Sun 3 Jan 2027 (年末年始休業).',
    ],
    [
      'over a closure around a week-end',
      ['2027-08-11T20:00', 1, 'business day'],
      '8/11(水)20:00 に引き渡し → 1営業日 → 8/17(火)18:00。8/12(木)〜8/16(月)は夏季休業',
      'Handed off Wed 11 Aug, 20:00 → 1 business day → due Tue 17 Aug, 18:00. Closed: Thu 12 Aug to Mon 16 Aug (夏季休業).',
    ],
    [
      'over three holidays in a row',
      ['2026-09-18T15:00', 9, 'business hours'],
      '9/18(金)15:00 に引き渡し → 9営業時間 → 9/24(木)15:00。9/21(月)は敬老の日、9/22(火)は国民の休日、9/23(水)は秋分の日',
      'Handed off Fri 18 Sep, 15:00 → 9 business hours → due Thu 24 Sep, 15:00. Closed: Mon 21 Sep (敬老の日), Tue 22 Sep (国民の休日), Wed 23 Sep (秋分の日).',
    ],
    [
      'a holiday on a Saturday takes nothing from anybody',
      ['2028-04-28T10:00', 1, 'business day'],
      '4/28(金)10:00 に引き渡し → 1営業日 → 5/1(月)18:00',
      'Handed off Fri 28 Apr, 10:00 → 1 business day → due Mon 1 May, 18:00.',
    ],
    [
      'on any clock nobody asks who is at work',
      ['2026-11-20T15:00', 72, 'hours'],
      '11/20(金)15:00 に引き渡し → 72時間 → 11/23(月)15:00',
      'Handed off Fri 20 Nov, 15:00 → 72 hours → due Mon 23 Nov, 15:00.',
    ],
    [
      'a leap day is a day like any other',
      ['2028-02-28T15:00', 1, 'days'],
      '2/28(月)15:00 に引き渡し → 1日 → 2/29(火)15:00',
      'Handed off Mon 28 Feb, 15:00 → 1 day → due Tue 29 Feb, 15:00.',
    ],
  ] as const)('%s', (_, [from, amount, unit], ja, en) => {
    const startedAt = inTokyo(from);
    const counted = dueAt(startedAt, { amount, unit: unit === 'business day' ? 'business days' : unit }, tokyo);
    if ('beyond' in counted) throw new Error('the sample must be due');
    expect(dueSentence({ startedAt, ...counted }, 'hand-off', tokyo, 'ja')).toBe(ja);
    expect(dueSentence({ startedAt, ...counted }, 'hand-off', tokyo, 'en')).toBe(en);
  });

  test('what was never counted tells when it began and when it is due', () => {
    expect(dueSentence({ ...clock, arithmetic: [] }, 'hand-off', tokyo, 'ja')).toBe(
      '11/20(金)15:00 に引き渡し → 11/26(木)18:00',
    );
  });
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
