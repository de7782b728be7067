import { expect, test } from 'vitest';
import { disputedText } from '../../../src/cli/disputed.ts';
import { CALENDAR, tokyo } from '../../support/people.ts';

const rejected = {
  person: 'hubspot-1',
  at: tokyo('2026-11-20 15:00'),
  pass: 1,
  reason: 'bad-fit',
  agreementVersion: '2026-10',
  score: 110,
  owner: '005A',
  record: 'salesforce:Lead:00Q1',
  name: '鈴木 太郎',
  why: '対象外',
  ownerName: '森 葵',
  now: { stage: 'recycled', pass: 1 },
};
const again = {
  ...rejected,
  at: tokyo('2026-11-26 10:00'),
  pass: 2,
  score: null,
  ownerName: null,
  why: '時期尚早\u001b[2J',
  now: null,
};

test('the disputed MQLs are told with reason, score, owner and where they stand now', () => {
  expect(disputedText([rejected], CALENDAR, 'ja')).toBe(
    [
      '営業が差し戻した MQL 1 件(新しい順)',
      '  対象外: 1',
      '',
      '2026年11月20日(金) 15:00  鈴木 太郎  hubspot-1',
      '  対象外(当時のスコア 110 点、担当: 森 葵、いま: リサイクル)',
    ].join('\n'),
  );
  expect(disputedText([rejected], CALENDAR, 'en')).toContain(
    '1 MQL rejected by sales, the newest first\n  対象外: 1\n\nFri 20 Nov 2026, 15:00  鈴木 太郎  hubspot-1\n  対象外 (score then 110, owner: 森 葵, now: recycled)',
  );
});

test('the reasons are counted, the most frequent first, and nothing of them moves the terminal', () => {
  const text = disputedText([again, rejected, rejected], CALENDAR, 'ja');
  expect(text.split('\n').slice(0, 3)).toEqual([
    '営業が差し戻した MQL 3 件(新しい順)',
    '  対象外: 2',
    expect.stringContaining('時期尚早'),
  ]);
  expect(text).not.toContain('\u001b');
  expect(text).toContain('2 周目');
});

test('that nobody was rejected is said', () => {
  expect([disputedText([], CALENDAR, 'ja'), disputedText([], CALENDAR, 'en')]).toEqual([
    '営業が差し戻した MQL はありません。',
    'Sales has rejected no MQL.',
  ]);
});
