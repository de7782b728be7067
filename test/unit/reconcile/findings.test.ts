import { describe, expect, test } from 'vitest';
import type { FindingCode } from '../../../src/domain/people/person.ts';
import { isOldNews } from '../../../src/reconcile/findings.ts';
import { NOW } from '../../support/people.ts';

const DAY = 24 * 60 * 60_000;

describe('what only told of an event', () => {
  const told = (code: FindingCode, age: number) =>
    isOldNews({ code, subject: 'hubspot:contacts:501', detail: {}, openedAt: NOW - age }, NOW);

  test.each(['OWNER_EDIT_RESTORED', 'STAGE_EDIT_RESTORED', 'AMOUNT_FROM_PRODUCTS', 'WRITE_OVERWRITTEN'] as const)(
    '%s is old news after a week, and not a moment before',
    (code) => {
      expect([told(code, 7 * DAY - 1), told(code, 7 * DAY)]).toEqual([false, true]);
    },
  );

  test.each(['CONFLICT', 'TASK_REMOVED', 'OWNER_INACTIVE', 'WRITE_REFUSED'] as const)(
    '%s is no news: it stays for as long as it is so',
    (code) => {
      expect(told(code, 99 * DAY)).toBe(false);
    },
  );
});
