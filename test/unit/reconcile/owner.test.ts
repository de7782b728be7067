import { describe, expect, test } from 'vitest';
import type { Absence } from '../../../src/domain/people/mapping.ts';
import type { DirectoryEntry } from '../../../src/domain/people/record.ts';
import { assignOwner } from '../../../src/reconcile/assign.ts';
import { viewOf } from '../../../src/reconcile/context.ts';
import { planOwner, seatOf, userOrQueue } from '../../../src/reconcile/owner.ts';
import { aContact, aContext, aLead, aPerson, aPolicy, NOW, tokyo } from '../../support/people.ts';
import { aDirectory, PEOPLE_AT_WORK } from '../../support/systems.ts';

const owners = aPolicy().owners;
const entry = (of: Partial<DirectoryEntry>): DirectoryEntry => ({
  system: 'salesforce',
  kind: 'user',
  id: '005000000000008AAA',
  name: '新人',
  email: 'new@example.co.jp',
  active: true,
  ...of,
});
const mori = PEOPLE_AT_WORK[0]!;

describe('the seat of a rep in HubSpot', () => {
  test('is found by the address', () => {
    expect(seatOf(mori, aDirectory(), owners)?.id).toBe('71');
  });

  test('is found by the table where the addresses differ, before the address is asked', () => {
    expect(seatOf(mori, aDirectory(), { ...owners, table: { '72': mori.email! } })?.id).toBe('72');
  });

  test('of somebody who has left HubSpot is none', () => {
    const left = PEOPLE_AT_WORK.map((one) => (one.id === '71' ? { ...one, active: false } : one));
    expect(seatOf(mori, aDirectory(left), owners)).toBeNull();
  });

  test("is never a queue's, even when the queue's mailbox is somebody's address", () => {
    expect(seatOf(entry({ kind: 'queue', email: mori.email }), aDirectory(), owners)).toBeNull();
  });
});

describe('an address', () => {
  test('that a leaver and a newcomer share belongs to the active one', () => {
    const shared = [
      entry({ email: 'desk@example.co.jp' }),
      entry({ id: '005000000000009AAA', email: 'desk@example.co.jp', active: false }),
    ];
    for (const entries of [shared, shared.toReversed()])
      expect(userOrQueue('desk@example.co.jp', aDirectory(entries))?.id).toBe('005000000000008AAA');
  });

  test("that a queue shares with a rep is the rep's", () => {
    const shared = [entry({}), entry({ kind: 'queue', id: '00G000000000009AAA', name: 'Q' })];
    for (const entries of [shared, shared.toReversed()])
      expect(userOrQueue('new@example.co.jp', aDirectory(entries))?.id).toBe('005000000000008AAA');
  });
});

describe('the owner of a Lead that is to be made', () => {
  const assigned = (
    hubspotOwner: string,
    entries: readonly DirectoryEntry[] = PEOPLE_AT_WORK,
    table: Record<string, string> = {},
  ) =>
    assignOwner(
      viewOf(aPerson([aContact({ hubspot_owner_id: hubspotOwner })])),
      'inside-sales',
      () => 1,
      aContext({ directory: aDirectory(entries), policy: aPolicy({ owners: { ...owners, table } }) }),
    );

  test("is HubSpot's owner by the table where the addresses differ", () => {
    expect(assigned('72', PEOPLE_AT_WORK, { '72': 'aoi.mori@example.co.jp' })).toMatchObject({
      why: 'existing-owner',
      owner: { name: '森 葵' },
      takes: [],
    });
  });

  test("is not HubSpot's owner where that user has left Salesforce", () => {
    const left = PEOPLE_AT_WORK.map((one) => (one.id === mori.id ? { ...one, active: false } : one));
    expect(assigned('71', left)).toMatchObject({
      why: 'round-robin',
      owner: { name: '加藤 蓮' },
      takes: [{ of: 'inside-sales', next: 2 }],
    });
  });

  describe('in turn', () => {
    const [first, second] = ['aoi.mori@example.co.jp', 'ren.kato@example.co.jp'] as const;
    const away = (who: string, from: string, to: string) => ({ who, from, to, deputy: 'yui.ono@example.co.jp' });
    const inTurn = (turn: number, absences: readonly Absence[], now = NOW) =>
      assignOwner(
        viewOf(aPerson([aContact()])),
        'inside-sales',
        () => turn,
        aContext({ now, policy: aPolicy({ owners: { ...owners, absences } }) }),
      );

    test('is the next one, and whoever is away is passed over', () => {
      expect(inTurn(0, [])).toMatchObject({
        owner: { email: first },
        takes: [{ of: 'inside-sales', next: 1 }],
      });
      expect(inTurn(0, [away(first, '2026-11-24', '2026-11-24')])).toMatchObject({
        owner: { email: second },
        takes: [{ of: 'inside-sales', next: 2 }],
      });
      expect(inTurn(1, [away(first, '2026-11-24', '2026-11-24')])).toMatchObject({
        owner: { email: second },
        takes: [{ of: 'inside-sales', next: 2 }],
      });
    });

    test('is who is back on the next day of work, also while the office is closed', () => {
      const weekend = [away(first, '2026-11-20', '2026-11-23')];
      expect(inTurn(0, weekend, tokyo('2026-11-20 17:59'))).toMatchObject({ owner: { email: second } });
      expect(inTurn(0, weekend, tokyo('2026-11-20 18:00'))).toMatchObject({ owner: { email: first } });
    });

    test('is the queue while everybody is away', () => {
      const all = [first, second].map((who) => away(who, '2026-11-01', '2026-11-30'));
      expect(inTurn(0, all)).toMatchObject({ why: 'queue', takes: [], open: [] });
    });
  });
});

describe('an owner that is shown', () => {
  const shown = (values: Parameters<typeof aContact>[0], base: { hubspot: string; salesforce: string }) =>
    planOwner(
      viewOf(
        aPerson([aContact(values), aLead()], {
          bases: [{ field: 'owner', ...base, canonical: null, since: 0, provisional: null }],
        }),
      ),
      null,
      aContext(),
    );

  test('for the first time to somebody who was owned otherwise is no restored edit', () => {
    expect(shown({ hubspot_owner_id: '72' }, { hubspot: '72', salesforce: mori.id }).open).toEqual([]);
    expect(
      shown({ hubspot_owner_id: '72' }, { hubspot: '71', salesforce: mori.id }).open.map(({ code }) => code),
    ).toEqual(['OWNER_EDIT_RESTORED']);
  });

  test('where HubSpot does not show its owner property is written by name only', () => {
    const { hubspot_owner_id: _, ...values } = aContact().values;
    const part = planOwner(viewOf(aPerson([{ ...aContact(), values }, aLead()])), null, aContext());
    expect(part.hubspot.map(({ field }) => field)).toEqual(['tasuki_sales_owner']);
  });
});
