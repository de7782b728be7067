import { describe, expect, test } from 'vitest';
import type { HistoryEntry } from '../../../src/domain/people/activity.ts';
import type { Sighting } from '../../../src/domain/people/record.ts';
import type { Policy } from '../../../src/domain/policy.ts';
import type { Value } from '../../../src/domain/values/value.ts';
import { noteStageMoves } from '../../../src/steps/stage-moves.ts';
import type { Works } from '../../../src/steps/works.ts';
import { ANSWERED } from '../../support/answers.ts';
import { aContact, agreedOtherwise, aLead, aPolicy, GO_LIVE, NOW } from '../../support/people.ts';

type World = {
  readonly goLive?: number | null;
  readonly known?: Readonly<Record<string, Value>>;
  readonly policy?: Policy;
};

/** The contacts that HubSpot's history was asked about, and what was noted of its answer. */
async function asked(contacts: readonly Sighting[], { goLive = GO_LIVE, known = {}, policy = aPolicy() }: World = {}) {
  const calls: (readonly string[])[] = [];
  const noted: HistoryEntry[] = [];
  const works = {
    policy: () => policy,
    crm: {
      hubspot: {
        history: async (_object: string, ids: readonly string[], [field]: readonly string[]) => {
          calls.push(ids);
          return ids.map((id) => ({ record: { system: 'hubspot', object: 'contacts', id }, field, by: 'company' }));
        },
      },
    },
    ledger: {
      goLive: async () => goLive,
      lastSeen: async () => new Map(Object.entries(known)),
      noteHistory: async (entries: readonly HistoryEntry[]) => void noted.push(...entries),
    },
  } as unknown as Works;
  await noteStageMoves(contacts, works);
  expect(noted.map(({ record }) => record.id)).toEqual(calls.flat());
  return calls;
}

const contact = (id: string, lifecyclestage: string | null, rest: Partial<Sighting> = {}): Sighting => ({
  ...aContact({ lifecyclestage }, rest),
  record: { system: 'hubspot', object: 'contacts', id },
});

describe('who moved a lifecycle stage', () => {
  test('is asked in one call, of those contacts alone whose stage is another one than we last saw', async () => {
    const contacts = [contact('1', 'customer'), contact('2', 'customer'), contact('3', 'opportunity')];
    expect(await asked(contacts, { known: { 1: 'lead', 2: 'customer', 3: null } })).toEqual([['1', '3']]);
  });

  test('is asked of a contact that is new, and not of one that was there before the go-live line', async () => {
    const contacts = [contact('1', 'customer', { createdAt: NOW }), contact('2', 'customer')];
    expect(await asked(contacts)).toEqual([['1']]);
  });

  test.each<[why: string, sighting: Sighting]>([
    ['whoever is a lead is one by being there', contact('1', 'lead')],
    ['without a stage nobody is anywhere', contact('1', null)],
    ['a stage of the portal’s own means none of ours', contact('1', '89423127')],
    ['whoever is gone stands nowhere', contact('1', 'customer', { deleted: true })],
    ['a Lead has no lifecycle stage', aLead({ lifecyclestage: 'customer' })],
  ])('is not asked: %s', async (_, sighting) => {
    expect(await asked([sighting], { known: { 1: 'subscriber' } })).toEqual([]);
  });

  test('is asked of a contact that was set back, too, where the agreement has a reason that may be given for it', async () => {
    const back = [contact('1', 'lead'), contact('2', 'subscriber'), contact('3', 'lead')];
    const known = { 1: 'marketingqualifiedlead', 2: 'lead', 3: 'lead' };
    expect(await asked(back, { known })).toEqual([]);
    expect(await asked(back, { known, policy: agreedOtherwise(ANSWERED) })).toEqual([['1']]);
  });

  test('is not asked while the go-live line has not been drawn: everything is history', async () => {
    expect(await asked([contact('1', 'customer', { createdAt: NOW })], { goLive: null })).toEqual([]);
  });
});
