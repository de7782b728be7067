import { describe, expect, test } from 'vitest';
import type { Finding } from '../../../src/domain/people/person.ts';
import type { DirectoryEntry, System } from '../../../src/domain/people/record.ts';
import { judgeOwnerAgain, ownerNamed, ownerTrouble } from '../../../src/reconcile/owner-trouble.ts';
import { aContact, aLead, aPerson, aPolicy, NOW, tokyo } from '../../support/people.ts';
import { plan } from '../../support/settle.ts';
import { aDirectory, PEOPLE_AT_WORK } from '../../support/systems.ts';

const { withoutSeat: _, ...owners } = aPolicy().owners;
const policy = aPolicy({ owners });
const MORI = '005000000000001AAA';
const KATO = '005000000000002AAA';
const LEFT = '005000000000004AAA';
const QUEUE = '00G000000000001AAA';

const codes = (system: System, id: string, entries: readonly DirectoryEntry[] = PEOPLE_AT_WORK, of = policy) =>
  ownerTrouble(system, id, { directory: aDirectory(entries), policy: of }).map(({ code }) => code);

describe('an owner', () => {
  test.each<[who: string, system: System, id: string, code: Finding['code'] | null]>([
    ['who sits in both systems is in no trouble', 'salesforce', MORI, null],
    ['who sits in both systems is in none in HubSpot either', 'hubspot', '71', null],
    ['who has no seat in HubSpot is said to have none', 'salesforce', KATO, 'OWNER_WITHOUT_SEAT'],
    ['who is no user of Salesforce is said to be none', 'hubspot', '72', 'OWNER_WITHOUT_SEAT'],
    ['who has left is said to have left', 'salesforce', LEFT, 'OWNER_INACTIVE'],
    ['whom nobody knows is said to be unknown', 'salesforce', '005000000000099AAA', 'OWNER_UNMATCHED'],
    ['whom HubSpot does not list is said to be unknown', 'hubspot', '99', 'OWNER_UNMATCHED'],
    ['that is a queue needs no seat', 'salesforce', QUEUE, null],
  ])('%s', (_who, system, id, code) => {
    expect(codes(system, id)).toEqual(code === null ? [] : [code]);
  });

  test('without a seat under the same address is found by the table', () => {
    const listed = aPolicy({ owners: { ...owners, table: { '72': 'ren.kato@example.co.jp' } } });
    expect([codes('salesforce', KATO, PEOPLE_AT_WORK, listed), codes('hubspot', '72', PEOPLE_AT_WORK, listed)]).toEqual(
      [[], []],
    );
  });

  test('without a seat is told no more where the admin says that this is meant; one who has left still is', () => {
    const meant = aPolicy({ owners: { ...owners, withoutSeat: 'never' } });
    expect([
      codes('salesforce', KATO, PEOPLE_AT_WORK, meant),
      codes('salesforce', LEFT, PEOPLE_AT_WORK, meant),
    ]).toEqual([[], ['OWNER_INACTIVE']]);
  });
});

describe('the owners of a person', () => {
  const told = (...of: Parameters<typeof aPerson>) =>
    plan(aPerson(...of), { policy, goLive: NOW }).openFindings.map(({ code, subject }) => [code, subject]);

  test('are told once per owner, under the owner’s name', () => {
    expect(told([aContact(), aLead({ OwnerId: KATO })])).toEqual([['OWNER_WITHOUT_SEAT', `salesforce:${KATO}`]]);
  });

  test('without a seat in HubSpot matter to nobody whom HubSpot does not know', () => {
    expect(told([aLead({ OwnerId: KATO })])).toEqual([]);
  });

  test('in HubSpot who cannot own the new Lead are told, for somebody else receives it; before that nobody is', () => {
    const contact = (hubspotscore: number) => aContact({ hubspotscore, hubspot_owner_id: '72' }, { createdAt: NOW });
    expect(told([contact(90)])).toEqual([['OWNER_WITHOUT_SEAT', 'hubspot:72']]);
    expect(told([contact(0)])).toEqual([]);
  });
});

describe('a finding about an owner, looked at again', () => {
  const opened = (code: Finding['code'], subject: string, openedAt = tokyo('2026-11-24 09:00')) => ({
    code,
    subject,
    detail: {},
    openedAt,
  });
  const again = (
    finding: ReturnType<typeof opened>,
    now = NOW,
    owning: readonly string[] = [finding.subject],
    entries: readonly DirectoryEntry[] = PEOPLE_AT_WORK,
  ) => judgeOwnerAgain(finding, new Set(owning), { directory: aDirectory(entries), policy, now });
  const inactive = opened('OWNER_INACTIVE', `salesforce:${LEFT}`);

  test('stands for the rest of its day, and is told again on the next one by the office’s calendar', () => {
    expect(again(inactive, tokyo('2026-11-24 23:59'))).toBe('stands');
    expect(again(inactive, tokyo('2026-11-25 00:00'))).toBe('tell-again');
  });

  test('is over when the owner is active again, or has handed everybody over', () => {
    const back = PEOPLE_AT_WORK.map((entry) => (entry.id === LEFT ? { ...entry, active: true } : entry));
    expect(again(inactive, NOW, [inactive.subject], back)).toBe('over');
    expect(again(inactive, NOW, [])).toBe('over');
  });

  test('is over when it has become another trouble, which is told by itself', () => {
    expect(again(opened('OWNER_UNMATCHED', `salesforce:${LEFT}`))).toBe('over');
  });

  test('is not about an owner where it is about the place for what nobody can own', () => {
    const nobody = opened('OWNER_UNMATCHED', 'owners:unmatched:gone');
    expect([ownerNamed(nobody), again(nobody, NOW + 99 * 86_400_000, [])]).toEqual([null, 'stands']);
    expect(ownerNamed(opened('CONFLICT', 'salesforce:005'))).toBeNull();
  });
});
