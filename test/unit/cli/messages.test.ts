import { describe, expect, test } from 'vitest';
import { ladderLines } from '../../../src/cli/explain-ladder.ts';
import { messagesText } from '../../../src/cli/messages.ts';
import type { KeptMessage } from '../../../src/domain/people/message.ts';
import { lapseWords } from '../../../src/domain/texts/agreement-lapses.ts';
import { findingText } from '../../../src/domain/texts/findings.ts';
import { clock } from '../../support/ledger-cast.ts';
import { AGREEMENT, aPolicy, tokyo } from '../../support/people.ts';

const AT = tokyo('2026-11-30 18:00');
const MESSAGE: KeptMessage = {
  id: 'k:escalation:1',
  kind: 'escalation',
  clock: 'k',
  person: 'hubspot-1',
  to: 'yui.ono@example.co.jp',
  name: '小野 結衣\u001B[31m',
  locale: 'ja',
  subject: '【エスカレーション】鈴木 様 初回接触(担当: 森 葵)',
  body: '…',
  at: AT,
  state: 'waiting',
};

describe('messages are listed', () => {
  test('with whom, what and what became of it, and that no channel sends them; an escape sequence is not sent on', () => {
    const text = messagesText([MESSAGE], aPolicy());
    expect(text).toContain('送信手段(Slack、メール)は設定されていません');
    expect(text).toContain(
      'エスカレーション  未送信  小野 結衣 [31m <yui.ono@example.co.jp>  【エスカレーション】鈴木 様',
    );
    expect(messagesText([], { ...aPolicy(), locale: 'en' })).toBe(
      'There are no messages.\nNo channel (Slack, mail) is configured: messages are kept here and reach nobody.',
    );
  });
});

describe('a ladder is told', () => {
  const rule = {
    ...AGREEMENT.deadlines[0]!,
    remind: { amount: 1, unit: 'business days' },
    grace: { amount: 2, unit: 'hours' },
    lapse: {
      task: 'urgent',
      escalate: [{ after: { amount: 1, unit: 'business days' }, to: 'manager' }],
      tickedOff: 'ask',
    },
  } as const;

  test.each([
    [
      'ja',
      [
        '期限の 1 営業日前に予告(メッセージ)',
        '記録の入力を待つ猶予 2 時間',
        '所有者に優先度「高」の ToDo を 1 件',
        '超過から 1 営業日後: 上長へエスカレーション(ToDo は同じ 1 件)',
        '記録がないまま ToDo が完了にされたら、要確認として尋ねる',
      ],
    ],
    [
      'en',
      [
        'a reminder by message, 1 business day before',
        '2 hours of grace for the record to come in',
        'one Task of high priority for the owner',
        '1 business day after the lapse: escalated to the manager (the same Task)',
        'a Task that is ticked off with nothing on record is asked about',
      ],
    ],
  ] as const)('in the agreement as a document (%s)', (locale, lines) => {
    expect(lapseWords(rule, locale)).toEqual(lines);
  });

  test('by explain: what is climbed, whom it was told to, and what is ahead', () => {
    const lapsed = clock('k', {
      state: 'lapsed',
      ladder: [
        { to: 'manager', dueAt: AT, at: AT, told: 'yui.ono@example.co.jp' },
        { to: 'sales-head', dueAt: tokyo('2026-12-02 18:00') },
      ],
    });
    expect(ladderLines(lapsed, aPolicy())).toEqual([
      expect.stringMatching(/^エスカレーション 1 段目\(上長\): .*11.*30.* に yui\.ono@example\.co\.jp$/u),
      expect.stringMatching(/^エスカレーション 2 段目\(営業責任者\): .*まで待つ$/u),
    ]);
    expect(
      ladderLines({ ...lapsed, task: { id: null, state: 'queued' }, ladder: [] }, { ...aPolicy(), locale: 'en' }),
    ).toEqual(['task: waits for its turn (capped per day)']);
  });

  test.each(['ESCALATED', 'ESCALATION_UNADDRESSED', 'TASK_TICKED_OFF', 'TASKS_HELD_BACK'] as const)(
    '%s comes out readable with nothing to tell, in both languages',
    (code) => {
      for (const locale of ['ja', 'en'] as const) {
        const text = findingText({ code, subject: 'x', detail: {} }, locale);
        expect(text).not.toMatch(/undefined|null|\[object/u);
      }
    },
  );
});
