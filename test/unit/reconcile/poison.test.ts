import { describe, expect, test } from 'vitest';
import { parkedOver, restsUntil } from '../../../src/reconcile/poison.ts';
import { aChange, aContact, aLead, aPerson, LEAD_ID, NOW } from '../../support/people.ts';

const MINUTE = 60_000;

describe('a write that fails again and again', () => {
  test.each([
    [1, null],
    [4, null],
    [5, 15 * MINUTE],
    [6, 60 * MINUTE],
    [7, 24 * 60 * MINUTE],
    [12, 24 * 60 * MINUTE],
  ])('after %i attempts rests for %j ms', (attempts, rest) => {
    expect(restsUntil(attempts, NOW)).toBe(rest === null ? null : NOW + rest);
  });

  test('is told while it stands, and no longer', () => {
    const finding = { code: 'WRITE_PARKED', subject: `salesforce:Lead:${LEAD_ID}`, detail: {} } as const;
    const facts = aPerson([aContact(), aLead()], { findings: [finding] });
    const over = (attempts: number) => parkedOver(facts, [aChange({ state: 'parked', attempts })]);
    expect([over(5), over(0), parkedOver(facts, [])]).toEqual([
      [],
      [{ code: finding.code, subject: finding.subject }],
      [{ code: finding.code, subject: finding.subject }],
    ]);
  });
});
