import { describe, expect, test } from 'vitest';
import type { Finding } from '../../../src/domain/people/person.ts';
import type { Policy } from '../../../src/domain/policy.ts';
import { keepFindings } from '../../../src/steps/keep-findings.ts';
import type { Works } from '../../../src/steps/works.ts';
import { aPolicy, CALENDAR, NOW, tokyo } from '../../support/people.ts';
import { PEOPLE_AT_WORK } from '../../support/systems.ts';

const LEFT = 'salesforce:005000000000004AAA';
const YESTERDAY = tokyo('2026-11-23 17:00');

/** What is done to these open findings, in order. */
async function kept(
  open: readonly (Pick<Finding, 'code' | 'subject'> & { readonly openedAt: number })[],
  owning: readonly string[] = ['005000000000004AAA'],
  policy: Policy = aPolicy(),
) {
  const done: string[] = [];
  const note = (deed: string) => async (code: string, subject: string) => void done.push(`${deed} ${code} ${subject}`);
  const works = {
    clock: { now: () => NOW },
    policy: () => policy,
    ledger: {
      findings: async () => open.map((finding) => ({ ...finding, detail: {} })),
      directory: async () => PEOPLE_AT_WORK,
      owning: async () => new Set(owning),
      closeFinding: note('closed'),
      openFinding: async ({ code, subject }: Finding) => note('opened')(code, subject),
      tellAgain: async ({ code, subject }: Finding) => note('told again')(code, subject),
    },
  } as unknown as Works;
  await keepFindings(works);
  return done;
}

describe('time', () => {
  test('tells an owner who has left once a day, for as long as they own somebody', async () => {
    const finding = { code: 'OWNER_INACTIVE', subject: LEFT } as const;
    expect(await kept([{ ...finding, openedAt: YESTERDAY }])).toEqual([`told again OWNER_INACTIVE ${LEFT}`]);
    expect(await kept([{ ...finding, openedAt: NOW - 1 }])).toEqual([]);
    expect(await kept([{ ...finding, openedAt: NOW - 1 }], [])).toEqual([`closed OWNER_INACTIVE ${LEFT}`]);
  });

  test('lets go of news after a week, and leaves alone what still stands', async () => {
    const old = tokyo('2026-11-01 09:00');
    const findings = [
      { code: 'STAGE_EDIT_RESTORED', subject: 'hubspot:contacts:501', openedAt: old },
      { code: 'STAGE_EDIT_RESTORED', subject: 'hubspot:contacts:502', openedAt: YESTERDAY },
      { code: 'CONFLICT', subject: 'hubspot:contacts:501 phone', openedAt: old },
    ] as const;
    expect(await kept(findings)).toEqual(['closed STAGE_EDIT_RESTORED hubspot:contacts:501']);
  });

  describe('goes on, and a table of holidays', () => {
    const endingOn = (to: string) => ({ ...CALENDAR, covers: { from: '2026-01-01', to } });
    const told = (policy: Policy, ...subjects: readonly string[]) =>
      kept(
        subjects.map((subject) => ({ code: 'CALENDAR_ENDS', subject, openedAt: YESTERDAY })),
        [],
        policy,
      );

    test.each([
      ['that ends in 90 days is told', '2027-02-22', ['opened CALENDAR_ENDS calendar:2027-02-22']],
      ['that has ended is told', '2026-11-23', ['opened CALENDAR_ENDS calendar:2026-11-23']],
      ['that ends in 91 days is not', '2027-02-23', []],
    ])('%s', async (_, to, deeds) => {
      expect(await told(aPolicy({ calendar: endingOn(to) }))).toEqual(deeds);
    });

    test('of one office only is told as well', async () => {
      const { owners } = aPolicy();
      const team = { ...owners.teams['inside-sales']!, calendar: endingOn('2026-12-31') };
      const policy = aPolicy({ owners: { ...owners, teams: { 'inside-sales': team } } });
      expect(await told(policy)).toEqual(['opened CALENDAR_ENDS calendar:2026-12-31']);
    });

    test('that has been replaced by a longer one is a matter of the past', async () => {
      expect(await told(aPolicy(), 'calendar:2026-12-31')).toEqual(['closed CALENDAR_ENDS calendar:2026-12-31']);
    });

    test('that a far deadline has come upon stays told, also before the last 90 days', async () => {
      expect(await told(aPolicy(), 'calendar:2027-12-31')).toEqual([]);
    });
  });
});
