import { describe, expect, test } from 'vitest';
import type { Agreement, DeadlineEnd } from '../../../src/domain/agreement/agreement.ts';
import { dueAt } from '../../../src/domain/calendar/due-at.ts';
import type { Locale } from '../../../src/domain/policy.ts';
import { dueText } from '../../../src/domain/texts/due-text.ts';
import { taskText } from '../../../src/domain/texts/task.ts';
import { inTokyo, tokyo } from './sample-calendars.ts';

const startedAt = inTokyo('2026-11-20T15:00');
const within = { amount: 5, unit: 'business days' } as const;
const due = dueAt(startedAt, within, tokyo);
if ('beyond' in due) throw new Error('the sample must be due');
const clock = { kind: 'deal-set-up', startedAt, ...due, agreementVersion: '2026-10' };
const record = { record: { system: 'salesforce', object: 'Lead', id: '00Q1' }, values: { LastName: '山田' } } as const;

function policyOf(locale: Locale, starts: object, any: readonly DeadlineEnd[]) {
  const agreement = { deadlines: [{ name: 'deal-set-up', within, starts, ends: { any } }] } as unknown as Agreement;
  const owners = { table: {}, unmatched: 'IS_Queue', teams: {}, absences: [] };
  return { agreement, owners, calendar: tokyo, locale };
}

const DEAL = { deal: 'open', with: ['amount', 'close-date'] } as const;
const MEETING = { meeting: 'booked', by: 'field-sales' } as const;

function written(locale: Locale, ...any: readonly DeadlineEnd[]) {
  return taskText({ clock, record, owner: '森 葵', policy: policyOf(locale, { entered: 'SQL' }, any) });
}

describe('the Task of a promise that is neither a first contact nor a conversion', () => {
  test('lists in Japanese what would keep it', () => {
    const { subject, description } = written('ja', DEAL, MEETING);
    expect(subject).toBe('【期限超過】山田 様 商談の設定をお願いします');
    expect(description).toContain('11/20(金)15:00 に SQL へ進む → 5営業日 → 11/30(月)18:00');
    expect(description).toContain('お願いしたいこと(次のいずれか)');
    expect(description).toContain('・Salesforce に商談がある(金額、完了予定日が入っていること)\n');
    expect(description).toContain('・field-sales の誰かが、打ち合わせを予定に入れる');
  });

  test('and in English', () => {
    const { subject, description } = written('en', DEAL);
    expect(subject).toBe('Overdue: setting up the deal, 山田');
    expect(description).toContain(
      'What keeps it\n- there is an opportunity in Salesforce, with amount and close date\n',
    );
    expect(description).toContain('Entered SQL Fri 20 Nov, 15:00 → 5 business days → due Mon 30 Nov, 18:00.');
  });

  test.each<[DeadlineEnd, string, string]>([
    [
      { entered: 'opportunity' },
      'ステージが 商談 か、その先に進む',
      'they enter the stage opportunity, or a further one',
    ],
    [{ handedOff: 'field-sales' }, 'field-sales に引き渡される', 'they are handed over to field-sales'],
    [{ deal: 'won', with: [] }, '商談が受注になる', 'an opportunity in Salesforce is won'],
    [{ deal: 'lost', with: [] }, '商談が失注になる', 'an opportunity in Salesforce is lost'],
    [
      { meeting: 'booked', by: 'owner' },
      '担当者が、打ち合わせを予定に入れる',
      'the owner has a meeting with them in the calendar',
    ],
    [
      { contact: ['call', 'email'], by: 'owner' },
      '電話・メールのいずれかで連絡し',
      'they are contacted (call, e-mail)',
    ],
    [{ converted: true }, 'リードの取引を開始する', 'the lead is converted'],
  ])('%j', (end, ja, en) => {
    expect(written('ja', end).description).toContain(ja);
    expect(written('en', end).description).toContain(en);
  });
});

test.each([
  [{ met: 'first-contact' }, 'に初回接触を確認 →', 'Kept (first contact) Fri 20 Nov, 15:00 →'],
  [{ deal: 'waiting' }, 'に取引を確認 →', 'Deal seen Fri 20 Nov, 15:00 →'],
  [{ handedOff: 'inside-sales' }, 'に引き渡し →', 'Handed off Fri 20 Nov, 15:00 →'],
])('the count of a deadline that starts with %j says so', (starts, ja, en) => {
  expect(dueText(clock, policyOf('ja', starts, [DEAL]))).toContain(ja);
  expect(dueText(clock, policyOf('en', starts, [DEAL]))).toContain(en);
});
