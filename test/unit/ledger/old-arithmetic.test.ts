import { expect, test } from 'vitest';
import { arithmeticFrom } from '../../../src/ledger/old-arithmetic.ts';

const HOUR = 3_600_000;
const day = '2026-11-20';

test.each([
  ['起算日', { code: 'start' }],
  ['土曜日', { code: 'weekly' }],
  ['水曜日(定休日)', { code: 'weekly' }],
  ['祝日 勤労感謝の日', { code: 'holiday', name: '勤労感謝の日' }],
  ['春分の日 振替休日', { code: 'holiday', name: '春分の日 振替休日' }],
  ['国民の休日', { code: 'holiday', name: '国民の休日' }],
  ['年末年始休業', { code: 'closure', name: '年末年始休業' }],
  ['営業時間外に発生(次の営業開始から起算)', { code: 'outside-hours' }],
  ['2 営業日目', { code: 'business-day', nth: 2 }],
  ['3 営業日目(期限)', { code: 'business-day', nth: 3 }],
  ['営業時間 9 時間', { code: 'worked', ms: 9 * HOUR }],
  ['営業時間 0 時間 30 分(期限)', { code: 'worked', ms: HOUR / 2 }],
  ['暦時間で 24 時間(期限)', { code: 'hours', amount: 24 }],
  ['暦日で 90 日(期限)', { code: 'days', amount: 90 }],
])('a count that the version before stored as %s is still understood', (because, code) => {
  expect(arithmeticFrom([{ day, counts: true, because }])).toEqual([{ day, counts: true, because: code }]);
});

test('a count in codes is taken as it is', () => {
  const stored = [{ day, counts: false, because: { code: 'closure', name: '土曜日' } }] as const;
  expect(arithmeticFrom(stored)).toEqual(stored);
});
